package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.safe.SafeCommands;
import dev.zamok.client.safe.Invitation;
import dev.zamok.client.safe.InviteLink;
import dev.zamok.client.safe.Safe;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is tried at a server that makes accounts for people who are invited by letter alone. */
class ClosedDoorAttackTest {
  private static final Duration DAY = Duration.ofDays(1);

  /** Until the limits on letters and registrations hold nobody back. */
  private static final Duration REST = Duration.ofHours(1);

  private static final int AT_ONCE = 4;

  /** Far more than are let through in the time of a test. */
  private static final int GUESSES_MAX = 100;

  private static final MovingClock CLOCK = new MovingClock();

  private static Path place;
  private static TestServer server;
  private static Person.Way way;
  private static Person ada;
  private static Person brian;
  private static Safe safe;

  @BeforeAll
  static void serve(@TempDir Path directory) {
    place = directory;
    server = TestServer.start(place, CLOCK);
    way = Person.Way.to(server).with(builder -> builder.clock(CLOCK));
    Person.register(way, "ada").close();
    Person.register(way, "brian").close();
    server.closeRegistration();
    ada = Person.login(way, "ada");
    brian = Person.login(way, "brian");
    safe = get(ada.session().safes().create("closed"));
    get(safe.items().add("", secret("in the safe")));
  }

  @AfterAll
  static void stop() {
    ada.close();
    brian.close();
    server.close();
  }

  @BeforeEach
  void rest() {
    CLOCK.advance(REST);
  }

  /** An invitation, and the link of the letter that went out. */
  private record Letter(Invitation invitation, String text) {
    InviteLink link() {
      return InviteLink.parse(text);
    }
  }

  private static Letter invite(Safe in, String address) {
    Invitation made = get(in.invitations().invite(Role.READER, DAY, address));
    try (Stream<Path> files = Files.list(server.data().resolve("mail"))) {
      String text =
          files
              .map(ClosedDoorAttackTest::read)
              .filter(letter -> letter.contains("To: " + address))
              .findFirst()
              .orElseThrow();
      String link = text.lines().filter(l -> l.startsWith("https://")).findFirst().orElseThrow();
      return new Letter(made, link);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void shut(String login, InviteLink link) {
    assertThat(problem(Person.registerInvited(way, login, link)).refusal())
        .isEqualTo("registration-closed");
    assertThat(Person.refused(way, login).refusal()).isEqualTo("login-failed");
  }

  @Test
  void whoHasALetterMakesHisAccountAndReadsOnceHeIsLetIn() {
    Letter letter = invite(safe, "carol@example.org");
    CommandLine line =
        SafeCommands.withCode(
            Person.password("carol"), Person.master("carol"), letter.invitation().code());
    assertThat(command(line, "carol", "--register", "accept", letter.text()).line())
        .isEqualTo(safe.id().toString());
    try (Person carol = Person.login(way, "carol")) {
      assertThat(problem(carol.session().safes().safe(safe.id())).refusal()).isEqualTo("not-found");
      assertThat(get(safe.items().contents()).items()).hasSize(1);
      assertThat(texts(get(of(carol, safe).items().contents()))).containsExactly("in the safe");
    }
  }

  private static Commands command(CommandLine line, String login, String... arguments) {
    List<String> all =
        new ArrayList<>(
            Commands.options(
                server.uri(), server.fingerprint(), login, place.resolve("profile of " + login)));
    all.addAll(List.of(arguments));
    return Commands.run(line, all);
  }

  /** Whoever runs that server could use the letter up, and have an account here. */
  @Test
  void theLetterIsShownToAnotherServerThanItsOwn() {
    Letter letter = invite(safe, "elsewhere@example.org");
    String own = URI.create(letter.text()).getAuthority();
    CommandLine line =
        SafeCommands.withCode(
            Person.password("elsewhere"), Person.master("elsewhere"), letter.invitation().code());
    Commands refused =
        command(
            line,
            "elsewhere",
            "--register",
            "accept",
            letter.text().replace(own, "other.example:8443"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("other.example:8443").contains("nothing was sent");
    assertThat(Person.refused(way, "elsewhere").refusal()).isEqualTo("login-failed");
    get(Person.registerInvited(way, "elsewhere", letter.link())).close();
  }

  @Test
  void whoShowsALetterBeforeTheCodeHasComeIsListedAsInvited() {
    Letter letter = invite(safe, "early@example.org");
    try (Person early = get(Person.registerInvited(way, "early", letter.link()))) {
      assertThat(get(early.session().safes().invitations()))
          .singleElement()
          .satisfies(one -> assertThat(one.room()).isEqualTo(safe.id()));
    }
  }

  @Test
  void somebodyComesWithoutALetter() {
    Commands alone =
        command(
            SafeCommands.commandLine(Person.password("nobody"), Person.master("nobody"), ""),
            "nobody",
            "--register",
            "list");
    assertThat(alone.code()).isEqualTo(5);
    assertThat(alone.err()).contains("invited by letter");
    Invitation unposted = get(safe.invitations().invite(Role.READER, DAY, null));
    shut("nobody", InviteLink.parse(unposted.link().toString()));
  }

  @Test
  void aWithdrawnInvitationOpensTheDoor() {
    Letter letter = invite(safe, "withdrawn@example.org");
    get(safe.invitations().withdraw(letter.invitation().index()));
    shut("withdrawn", letter.link());
  }

  @Test
  void theInvitationOfAnAdminWhoIsOneNoMoreOpensTheDoor() {
    Safe shared = get(ada.session().safes().create("shared"));
    get(shared.sharing().share("brian", Role.ADMIN));
    Letter letter = invite(of(brian, shared), "friend@example.org");
    get(shared.sharing().revoke("brian"));
    shut("friend", letter.link());
  }

  @Test
  void anInvitationThatIsOverOpensTheDoor() {
    Letter letter = invite(safe, "late@example.org");
    CLOCK.advance(DAY);
    shut("late", letter.link());
  }

  @Test
  void anInvitationThatSomebodyAcceptedOpensTheDoor() {
    Letter letter = invite(safe, "accepted@example.org");
    get(brian.session().safes().accept(letter.link(), letter.invitation().code()));
    shut("accepted", letter.link());
  }

  @Test
  void aLetterThatAnAccountHasShownOpensTheDoor() {
    Letter letter = invite(safe, "shown@example.org");
    get(brian.session().safes().claim(letter.link()));
    shut("shown", letter.link());
  }

  @Test
  void oneTokenMakesTwoAccountsOneAfterTheOther() {
    Letter letter = invite(safe, "twice@example.org");
    get(Person.registerInvited(way, "first", letter.link())).close();
    shut("second", letter.link());
    // Nor does another try for the account that it made free it.
    assertThat(problem(Person.registerInvited(way, "first", letter.link())).refusal())
        .isEqualTo("registration-closed");
    shut("third", letter.link());
  }

  @Test
  void oneTokenMakesTwoAccountsAtOnce() {
    Letter letter = invite(safe, "at-once@example.org");
    List<CompletableFuture<Person>> all = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      all.add(Person.registerInvited(way, "racer" + i, letter.link()));
    }
    int made = 0;
    for (CompletableFuture<Person> one : all) {
      if (one.handle((person, failure) -> failure == null).join()) {
        one.join().close();
        made++;
      }
    }
    assertThat(made).isEqualTo(1);
  }

  @Test
  void aNameThatIsTakenUsesTheLetterUp() {
    Letter letter = invite(safe, "unlucky@example.org");
    assertThat(problem(Person.registerInvited(way, "ada", letter.link())).refusal())
        .isEqualTo("login-taken");
    get(Person.registerInvited(way, "lucky", letter.link())).close();
  }

  @Test
  void aTokenIsGuessedUntilItIsRefused() {
    InviteLink letter = invite(safe, "guessed@example.org").link();
    String refusal = "registration-closed";
    for (int i = 0; i < GUESSES_MAX && refusal.equals("registration-closed"); i++) {
      byte[] token = new byte[16];
      token[0] = (byte) i;
      InviteLink guess = new InviteLink(letter.room(), letter.invite(), Bytes.wrap(token));
      refusal = problem(Person.registerInvited(way, "guesser", guess)).refusal();
    }
    assertThat(refusal).isEqualTo("rate-limited");
  }
}
