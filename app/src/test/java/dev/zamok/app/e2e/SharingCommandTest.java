package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zamok.app.safe.SafeCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that let others in or hand something over, as a script uses them. */
class SharingCommandTest {
  private static CommandBed bed;

  @BeforeAll
  static void serve(@TempDir Path place) {
    bed = new CommandBed(place);
    bed.register("ada", "brian", "mallory");
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  private static Commands safe(String login, String... arguments) {
    return bed.safe(login, arguments);
  }

  private static JsonNode json(Commands ran) throws Exception {
    return new ObjectMapper().readTree(ran.line());
  }

  private static List<Path> letters() throws Exception {
    try (Stream<Path> files = Files.list(bed.server().data().resolve("mail"))) {
      return files.toList();
    }
  }

  @Test
  void somebodyWithoutAnAccountIsInvitedByALetterAndReads() throws Exception {
    String id = safe("ada", "create", "invited").line();
    safe("ada", "put", "invited", "door", "--user", "ada").ok();
    JsonNode invited =
        json(safe("ada", "invite", "invited", "carol@example.org", "--role", "read", "--json"));
    String code = invited.path("code").asText();
    assertThat(invited.path("letter").asText()).isEqualTo("kept");
    Path file = letters().get(0);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String letter = Files.readString(file);
    assertThat(letter).contains("To: carol@example.org\n", "ada invites you").doesNotContain(code);
    String link =
        letter.lines().filter(line -> line.startsWith("https://")).findFirst().orElseThrow();
    assertThat(safe("ada", "invitations", "invited").line()).contains("carol@example.org");

    // The letter is shown before the code has come.
    Commands early = safe("carol", "--register", "accept", link);
    assertThat(early.code()).isEqualTo(1);
    assertThat(safe("carol", "invitations").line()).contains(id, "ada");
    CommandLine withCode =
        SafeCommands.withCode(Person.password("carol"), Person.master("carol"), code);
    assertThat(bed.run(withCode, "carol", "accept", link).line()).isEqualTo(id);
    assertThat(safe("carol", "invitations").line()).isEmpty();
    assertThat(safe("carol", "get", id, "door").code()).isEqualTo(3);
    assertThat(safe("ada", "members", "invited").line()).contains("carol");
    assertThat(safe("carol", "get", id, "door", "--field", "login").line()).isEqualTo("ada");
    assertThat(safe("ada", "invitations").line()).isEmpty();

    String number =
        json(safe("ada", "invite", "invited", "--role", "write", "--json"))
            .path("invitation")
            .asText();
    safe("ada", "uninvite", "invited", number).ok();
    assertThat(safe("ada", "uninvite", "invited", number).code()).isEqualTo(3);
  }

  @Test
  void whoeverTookAnInvitationIsPutOutByCommandsThatDoNotLetHimInFirst() throws Exception {
    String id = safe("ada", "create", "taken").line();
    safe("ada", "put", "taken", "door", "--user", "ada").ok();
    JsonNode invited = json(safe("ada", "invite", "taken", "--role", "read", "--json"));
    accept("mallory", invited);
    String number = invited.path("invitation").asText();
    Commands late = safe("ada", "uninvite", "taken", number);
    assertThat(late.code()).isEqualTo(3);
    assertThat(late.err()).contains("wait to be let in: mallory");
    assertThat(safe("mallory", "get", id, "door").code()).isEqualTo(3);
    safe("ada", "--purge-after", "1", "revoke", "taken", "mallory").ok();
    assertThat(safe("mallory", "get", id, "door").code()).isEqualTo(3);

    accept("brian", json(safe("ada", "invite", "taken", "--role", "read", "--json")));
    Commands reads = safe("ada", "get", "taken", "door").ok();
    assertThat(reads.err()).contains("brian had accepted an invitation and is let in, reader of");
    assertThat(reads.out()).doesNotContain("brian");
    safe("brian", "get", id, "door").ok();
    assertThat(safe("ada", "members", "taken").line().lines()).hasSize(2);
  }

  private static void accept(String login, JsonNode invited) {
    CommandLine line =
        SafeCommands.withCode(
            Person.password(login), Person.master(login), invited.path("code").asText());
    bed.run(line, login, "accept", invited.path("link").asText()).ok();
  }

  @Test
  void aFingerprintIsAgreedToBeforeAnythingIsSealed() throws Exception {
    safe("ada", "create", "agreed").ok();
    Commands unasked = safe("ada", "share", "agreed", "brian", "--role", "read");
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err()).contains("has the fingerprint");
    assertThat(safe("ada", "members", "agreed").line().lines()).hasSize(1);
    Commands wrong =
        safe("ada", "share", "agreed", "brian", "--role", "read", "--fingerprint", "00".repeat(32));
    assertThat(wrong.code()).isEqualTo(6);
    assertThat(safe("ada", "members", "agreed").line().lines()).hasSize(1);
    String shown =
        unasked.err().replaceAll("(?s).*has the fingerprint ([0-9a-f ]+[0-9a-f]).*", "$1");
    safe("ada", "share", "agreed", "brian", "--role", "read", "--fingerprint", shown).ok();
    // So is a higher role; a lower one is not asked for.
    Commands raised = safe("ada", "share", "agreed", "brian", "--role", "write");
    assertThat(raised.code()).isEqualTo(2);
    assertThat(raised.err()).contains("has the fingerprint");
    assertThat(safe("ada", "members", "agreed").line()).contains("reader");
    safe("ada", "share", "agreed", "brian", "--role", "write", "--fingerprint", shown).ok();
    assertThat(safe("ada", "share", "agreed", "brian", "--role", "read").line()).contains("reader");
  }

  @Test
  void aCardThatWasRefusedIsNotRememberedAndOneThatWasAgreedToIs() throws Exception {
    bed.register("dora", "edda");
    String id = safe("dora", "create", "cards").line();
    Path contacts = bed.file("profile of dora/contacts.json");
    Typist no = new Typist("no", "no");
    Commands refused =
        bed.run(
            SafeCommands.commandLine(Commands.passwords("dora"), no),
            "dora",
            "share",
            id,
            "edda",
            "--role",
            "read");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("nothing was done");
    assertThat(no.asked)
        .containsExactly("Keep this device?", "Is it the one that he or she shows you?");
    assertThat(Files.readString(contacts)).doesNotContain("\"edda\"");
    safe("dora", "share", id, "edda", "--role", "read", "--yes").ok();
    assertThat(Files.readString(contacts)).contains("\"edda\"");
  }

  @Test
  void whoIsRevokedAndReadsThroughAGroupIsPrintedAndTheExitCodeSaysSo() throws Exception {
    bed.register("finn", "gail");
    safe("finn", "create", "doors").ok();
    safe("finn", "put", "doors", "front", "--user", "finn").ok();
    String group = bed.group("finn", "create", "keepers").line();
    bed.group("finn", "add", "keepers", "gail", "--yes").ok();
    safe("finn", "share", "doors", "--group", "keepers", "--role", "read").ok();
    safe("finn", "share", "doors", "gail", "--role", "write", "--yes").ok();
    Commands revoked = safe("finn", "revoke", "doors", "gail");
    assertThat(revoked.code()).isEqualTo(1);
    assertThat(revoked.out().lines())
        .containsExactly("front", "!!! still reads through group " + group);
    safe("finn", "share", "doors", "gail", "--role", "write", "--yes").ok();
    Commands json = safe("finn", "revoke", "doors", "gail", "--json");
    assertThat(json.out())
        .contains("{\"type\":\"still-reads-through\",\"group\":\"" + group + "\"}");
    assertThat(safe("finn", "revoke", "doors", "--group", "keepers").line()).isEqualTo("front");
  }

  @Test
  void aMemberRenamesASafeAndWhoLeavesItLearnsWhatHeCouldOpen() throws Exception {
    bed.register("hal", "iris");
    String id = safe("hal", "create", "drafts").line();
    safe("hal", "put", "drafts", "memo", "--user", "hal").ok();
    safe("hal", "share", "drafts", "iris", "--role", "read", "--yes").ok();
    assertThat(safe("iris", "rename", id, "mine").code()).isEqualTo(5);
    safe("hal", "rename", "drafts", "papers").ok();
    assertThat(safe("iris", "list").line()).startsWith("papers  " + id);
    assertThat(safe("hal", "leave", "papers").code()).isNotZero();
    assertThat(safe("iris", "leave", "papers").line()).isEqualTo("memo");
    assertThat(safe("iris", "list").line()).isEmpty();
    assertThat(safe("hal", "members", "papers").line().lines()).hasSize(1);
  }

  @Test
  void aSafeOfTheSameNameThatSomebodyElseMadeIsNotWrittenToByItsName() throws Exception {
    String id = safe("mallory", "create", "payroll").line();
    safe("mallory", "share", "payroll", "brian", "--role", "write", "--yes").ok();
    assertThat(safe("brian", "list").ok().out()).contains("payroll", "made by mallory");
    Commands byName = safe("brian", "put", "payroll", "bank", "--user", "brian");
    assertThat(byName.code()).isEqualTo(2);
    assertThat(byName.err()).contains("made by mallory", id);
    assertThat(safe("mallory", "list", "payroll").line()).isEmpty();
    String own = safe("brian", "create", "payroll").line();
    Commands several = safe("brian", "list", "payroll");
    assertThat(several.code()).isEqualTo(3);
    assertThat(several.err()).contains(own + ", yours", id + ", made by mallory");
    safe("brian", "put", id, "meant", "--user", "brian").ok();
    assertThat(safe("mallory", "list", "payroll").line()).isEqualTo("meant");
  }

  @Test
  void aCopyGoesToAnAccountAndIsGoneOnceItWasTaken() throws Exception {
    safe("ada", "create", "copies").ok();
    safe("ada", "put", "copies", "wifi", "--user", "guest").ok();
    Commands unasked = safe("ada", "send", "copies", "wifi", "--to", "brian");
    assertThat(unasked.code()).isEqualTo(2);
    String id = safe("ada", "send", "copies", "wifi", "--to", "brian", "--yes").line();
    assertThat(safe("ada", "sent").line()).contains(id, "brian");
    assertThat(safe("brian", "receive").line()).contains(id, "from ada");
    assertThat(safe("mallory", "receive", "--id", id).code()).isEqualTo(3);
    assertThat(safe("brian", "receive", "--id", id).ok().out()).contains("guest");
    assertThat(safe("brian", "receive", "--id", id).code()).isEqualTo(3);
    assertThat(safe("ada", "sent").line()).isEmpty();
    String back = safe("ada", "send", "copies", "wifi", "--to", "brian", "--yes").line();
    safe("ada", "sent", "--take-back", back).ok();
    assertThat(safe("brian", "receive").line()).isEmpty();
  }
}
