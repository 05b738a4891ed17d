package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zamok.app.login.Asker;
import dev.zamok.app.safe.SafeCommands;
import dev.zamok.client.safe.Links;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.protocol.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links opened by people who are nobody at the server: no login, no profile, no password. */
class LinkWithoutAccountTest {
  private static CommandBed bed;

  private static Person ada;

  @BeforeAll
  static void serve(@TempDir Path place) {
    bed = new CommandBed(place);
    Person.Way way = Person.Way.to(bed.server());
    ada = Person.register(way.with(builder -> builder.clock(bed.clock())), "ada");
  }

  @AfterAll
  static void stop() {
    ada.close();
    bed.close();
    // Where a profile would be, had any of this made one.
    assertThat(Path.of("unused")).doesNotExist();
  }

  private static Links.Sent sent(int views, boolean code) {
    Bytes secret = Bytes.wrap(SecretCodec.encode(Secret.named("prod").login("root").done()));
    Links.Terms terms = new Links.Terms(views, Duration.ofHours(1), code);
    return get(ada.session().safes().send(secret, terms));
  }

  private static Links.Sent sent() {
    return sent(1, false);
  }

  private static String link(Links.Sent sent) {
    return sent.link().toString();
  }

  private static String code(Links.Sent sent) {
    return String.valueOf(sent.code());
  }

  /** {@code zamok safe} with nothing in the environment, and the link on the input. */
  private static Commands stranger(Asker asker, String input, String... arguments) {
    return stranger(Map.of(), asker, input, arguments);
  }

  private static Commands stranger(
      Map<String, String> environment, Asker asker, String input, String... arguments) {
    return Commands.run(SafeCommands.withInput(environment, asker, input), List.of(arguments));
  }

  /** Of one who knows the server's certificate. */
  private static Commands receive(Asker asker, String input) {
    return stranger(asker, input, "--fingerprint", bed.server().fingerprint(), "receive", "-");
  }

  private static Commands receive(String input) {
    return receive(Asker.nobody(), input);
  }

  @Test
  void whoHasNothingButALinkAndTheServersFingerprintOpensItOnce() throws Exception {
    String link = link(sent());
    assertThat(receive(link + "\nleft over").ok().out()).contains("prod", "login: root");
    Commands again = receive(link);
    assertThat(again.code()).isEqualTo(3);
    assertThat(again.err()).contains("opened already").doesNotContain(link);
    assertThat(again.out()).isEmpty();
  }

  @Test
  void theLinkIsInAFileAndTheServerIsKnownByItsAuthority() throws Exception {
    Path file = Files.writeString(bed.file("link"), link(sent()) + "\n");
    Path ca = bed.file("keys").resolve("tls.certificate.pem");
    Commands received =
        stranger(
            Asker.nobody(), "", "--trust-ca", ca.toString(), "--json", "receive", file.toString());
    JsonNode json = new ObjectMapper().readTree(received.line());
    assertThat(json.path("type").asText()).isEqualTo("received");
    assertThat(json.path("login").asText()).isEqualTo("root");
  }

  @Test
  void theCertificateIsShownAndAskedForWhereNothingIsKnownOfTheServer() throws Exception {
    String link = link(sent());
    Commands nobody = stranger(Asker.nobody(), link, "receive", "-");
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.err()).contains("shows the certificate SHA-256", "add --fingerprint");
    Typist no = new Typist("no");
    assertThat(stranger(no, link, "receive", "-").code()).isEqualTo(1);
    assertThat(no.asked).containsExactly("Is it the same?");
    // Neither has used it up, nor is anything remembered of the answer.
    Typist yes = new Typist("yes");
    assertThat(stranger(yes, link, "receive", "-").ok().out()).contains("login: root");
    assertThat(yes.asked).containsExactly("Is it the same?");
  }

  @Test
  void aServerWithAnotherCertificateIsNotAsked() throws Exception {
    String link = link(sent());
    Commands wrong =
        stranger(Asker.nobody(), link, "--fingerprint", "00".repeat(32), "receive", "-");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("DANGER", "not the one you named");
    receive(link).ok();
  }

  @Test
  void theCodeIsAskedForOrComesFromAFileAndTyposCostNothing() throws Exception {
    Links.Sent sent = sent(2, true);
    Typist typist = new Typist(code(sent));
    assertThat(receive(typist, link(sent)).ok().out()).contains("login: root");
    assertThat(typist.asked).containsExactly("code of the link");
    Commands typo = receive(new Typist(code(sent).substring(1)), link(sent));
    assertThat(typo.code()).isEqualTo(2);
    assertThat(typo.err()).contains("typing mistake");
    assertThat(receive(link(sent)).err()).contains("no code of the link: set ZAMOK_CODE_FILE");
    Path code = Files.writeString(bed.file("code"), code(sent) + "\n");
    String[] arguments = {"--fingerprint", bed.server().fingerprint(), "receive", "-"};
    Map<String, String> environment = Map.of("ZAMOK_CODE_FILE", code.toString());
    stranger(environment, Asker.nobody(), link(sent), arguments).ok();
  }

  @Test
  void aWrongCodeIsToldWithWhatItCostsAndTheFifthDestroysTheCopy() throws Exception {
    Links.Sent sent = sent(1, true);
    String other = code(sent(1, true));
    for (int i = 0; i < 5; i++) {
      Commands wrong = receive(new Typist(other), link(sent));
      assertThat(wrong.code()).isEqualTo(5);
      assertThat(wrong.err())
          .contains("the code is wrong", "the fifth such try destroys what was sent");
    }
    Commands gone = receive(new Typist(code(sent)), link(sent));
    assertThat(gone.code()).isEqualTo(3);
    assertThat(gone.err()).contains("destroyed by wrong codes");
  }

  @Test
  void aLinkThatIsOverIsToldAsSuch() throws Exception {
    String link = link(sent());
    bed.clock().advance(Duration.ofHours(2));
    Commands over = receive(link);
    assertThat(over.code()).isEqualTo(3);
    assertThat(over.err()).contains("its time is over");
  }

  @Test
  void whatIsNoLinkIsToldWithoutBeingRepeated() throws Exception {
    String link = link(sent());
    for (String broken :
        List.of("no link", link.substring(0, link.length() - 3), "#", link + "A")) {
      Commands refused = receive(broken);
      assertThat(refused.code()).as(broken).isEqualTo(2);
      assertThat(refused.err()).contains("no link to a secret").doesNotContain(broken + "\n");
    }
    Commands typed = stranger(Asker.nobody(), "", "receive", link);
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("others can see a command line").doesNotContain(link);
    assertThat(stranger(Asker.nobody(), "", "receive").code()).isEqualTo(2);
    receive(link).ok();
  }

  @Test
  void aLinkOfAnotherServerIsNotOpenedAtTheOneThatWasNamed() throws Exception {
    String link = link(sent());
    Commands other =
        stranger(Asker.nobody(), link, "--server", "https://localhost:1", "receive", "-");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains("is of " + bed.server().uri() + ", not of https://localhost:1: not opened");
    receive(link).ok();
    // The link of a server that is not there.
    String fragment = link.substring(link.indexOf('#'));
    Commands away = receive("https://localhost:1/receive" + fragment);
    assertThat(away.code()).isEqualTo(1);
    assertThat(away.err()).contains("https://localhost:1").doesNotContain(fragment);
  }

  @Test
  void aLinkMakesNoAccountAndWhatTakesOneStillAsksForIt() throws Exception {
    String link = link(sent());
    Commands registering =
        stranger(Asker.nobody(), link, "--login", "carol", "--register", "receive", "-");
    assertThat(registering.code()).isEqualTo(2);
    assertThat(registering.err()).contains("without an account");
    for (String[] what : new String[][] {{"list"}, {"receive"}, {"receive", "-", "--into", "x"}}) {
      Commands without = stranger(Asker.nobody(), link, what);
      assertThat(without.code()).isEqualTo(2);
      assertThat(without.err()).contains("Missing required option: '--login=NAME'");
    }
    receive(link).ok();
  }
}
