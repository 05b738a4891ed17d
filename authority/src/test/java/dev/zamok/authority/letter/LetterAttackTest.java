package dev.zamok.authority.letter;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.authority.Await;
import dev.zamok.authority.TestPem;
import dev.zamok.authority.mail.TestMailServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Letters as mail servers and administrators get them. */
class LetterAttackTest {
  private static final Letter LETTER =
      new Letter("carol@example.org", "An invitation", "first line\nsecond line\n");

  private static TestPem pem;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();

  @BeforeAll
  static void makeCertificate(@TempDir Path place) {
    pem = TestPem.make(place);
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private SmtpPost smtp(TestMailServer server, boolean tls) {
    return new SmtpPost(
        vertx, new LetterConfig.Smtp(server.reached(pem, tls), "zamok@example.org"));
  }

  @Test
  void aLetterGoesOutOverTls() {
    TestMailServer server = new TestMailServer(vertx, pem, true);
    Post post = smtp(server, true);
    assertThat(await(post.send(LETTER))).isEqualTo(Post.Place.SENT);
    assertThat(server.lines())
        .contains(
            "MAIL FROM:<zamok@example.org>",
            "RCPT TO:<carol@example.org>",
            "Subject: An invitation",
            "second line");
    await(post.close());
  }

  @Test
  void aMailServerThatHidesItsTlsGetsNeitherLetterNorPassword() {
    TestMailServer server = new TestMailServer(vertx, pem, false);
    Post post = smtp(server, false);
    assertThat(Await.failure(post.send(LETTER))).isNotNull();
    assertThat(server.lines())
        .noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
  }

  @Test
  void withoutAMailServerALetterIsAFileOfItsOwner() throws IOException {
    Path place = directory.resolve("mail");
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    Post post = new FilePost(vertx, place, clock, new SecureRandom());
    assertThat(await(post.send(LETTER))).isEqualTo(Post.Place.KEPT);
    assertThat(await(post.send(LETTER))).isEqualTo(Post.Place.KEPT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
        .isEqualTo("rwx------");
    List<Path> files;
    try (Stream<Path> all = Files.list(place)) {
      files = all.toList();
    }
    assertThat(files).hasSize(2);
    for (Path file : files) {
      assertThat(file.getFileName().toString()).startsWith("20260102-030405-").endsWith(".eml");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(file))
          .startsWith("To: carol@example.org\nSubject: An invitation\nDate: Fri, 2 Jan 2026")
          .endsWith("\n\nfirst line\nsecond line\n");
    }
  }

  @Test
  void anAddressBecomesNoHeaderAndNoSecondRecipient() {
    List<String> bad =
        List.of(
            "carol@example.org\nBcc: mallory@example.org",
            "carol@example.org, mallory@example.org",
            "Carol <carol@example.org>",
            "carol@example.org\r",
            "carol @example.org",
            "carol",
            "@example.org",
            "carol@",
            "a".repeat(250) + "@example.org");
    for (String address : bad) {
      assertThat(Letter.isAddress(address)).as(address).isFalse();
      assertThatThrownBy(() -> new Letter(address, "x", "y"))
          .hasMessage("letter that cannot be sent");
    }
    assertThat(Letter.isAddress("carol.o'neil+zamok@mail.example.org")).isTrue();
    assertThatThrownBy(() -> new Letter("carol@example.org", "x\nBcc: y", "z"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(LETTER.toString()).doesNotContain("carol");
  }
}
