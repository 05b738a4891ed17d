package dev.zamok.authority.letter;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.authority.Await;
import dev.zamok.authority.TestPem;
import dev.zamok.authority.mail.MailServer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Letters as mail servers and administrators get them. */
class LetterAttackTest {
  private static final Letter LETTER =
      new Letter("carol@example.org", "An invitation", "first line\nsecond line\n");

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private TestPem pem;

  @BeforeEach
  void makeCertificate() {
    pem = TestPem.make(directory);
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private int mailServer(boolean tls) {
    NetServerOptions options = new NetServerOptions().setSsl(tls);
    if (tls) {
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertPath(pem.certificate().toString())
              .addKeyPath(pem.key().toString()));
    }
    return await(vertx.createNetServer(options).connectHandler(this::talk).listen(0, "localhost"))
        .actualPort();
  }

  /** RFC 5321 as far as one letter needs it. */
  private void talk(NetSocket socket) {
    boolean[] letter = {false};
    RecordParser parser = RecordParser.newDelimited("\r\n");
    parser.handler(
        part -> {
          String line = part.toString(StandardCharsets.UTF_8);
          lines.add(line);
          boolean inside = letter[0];
          letter[0] = inside ? !line.equals(".") : line.equals("DATA");
          if (!inside || line.equals(".")) {
            socket.write(answer(line));
          }
        });
    socket.handler(parser::handle);
    socket.write("220 localhost\r\n");
  }

  private static Buffer answer(String line) {
    return Buffer.buffer(
        switch (line.split(" ", 2)[0]) {
          case "EHLO" -> "250-localhost\r\n250 AUTH PLAIN\r\n";
          case "AUTH" -> "235 welcome\r\n";
          case "DATA" -> "354 go on\r\n";
          case "QUIT" -> "221 bye\r\n";
          default -> "250 ok\r\n";
        });
  }

  private SmtpPost smtp(int port, boolean tls) {
    return new SmtpPost(
        vertx,
        new LetterConfig.Smtp(
            new MailServer(
                "localhost",
                port,
                tls,
                new MailServer.User("zamok", "a secret"),
                pem.certificate()),
            "zamok@example.org"));
  }

  @Test
  void aLetterGoesOutOverTls() {
    Post post = smtp(mailServer(true), true);
    assertThat(await(post.send(LETTER))).isEqualTo(Post.Place.SENT);
    assertThat(lines)
        .contains(
            "MAIL FROM:<zamok@example.org>",
            "RCPT TO:<carol@example.org>",
            "Subject: An invitation",
            "second line");
    await(post.close());
  }

  @Test
  void aMailServerThatHidesItsTlsGetsNeitherLetterNorPassword() {
    Post post = smtp(mailServer(false), false);
    assertThat(Await.failure(post.send(LETTER))).isNotNull();
    assertThat(lines).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
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
