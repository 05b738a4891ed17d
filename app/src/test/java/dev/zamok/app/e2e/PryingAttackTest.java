package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zamok.app.account.AccountCommands;
import dev.zamok.app.login.Asker;
import dev.zamok.app.safe.SafeCommands;
import dev.zamok.client.safe.InviteLink;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Somebody reads what lies about: logs of both sides, addresses of requests, what a server is sent
 * and keeps, its metrics, complaints of the program. Everything that lets somebody in, hands
 * something over or opens an account is done once, and wrongly once.
 */
class PryingAttackTest {
  private static final String VALUE = "the value of the secret";
  private static final String NEW_MASTER = "the next master password";
  private static final String WRONG_LOGIN = "a login password that is wrong";
  private static final String WRONG_MASTER = "a master password that is wrong";

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private final StringBuilder complaints = new StringBuilder();

  /** What no server may see, by what it is. */
  private final Map<String, String> secrets = new HashMap<>();

  @TempDir Path directory;
  private CommandBed bed;
  private EvilServer evil;

  @BeforeEach
  void start() {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    bed = new CommandBed(directory);
    evil = EvilServer.before(bed.server(), directory);
    bed.at(evil.way(Person.Way.to(bed.server())).server());
    secrets.put("the value", VALUE);
    secrets.put("a new master password", NEW_MASTER);
    secrets.put("a wrong master password", WRONG_MASTER);
    for (String login : List.of("ada", "brian", "carol")) {
      secrets.put("the master password of " + login, Person.master(login));
    }
  }

  @AfterEach
  void stop() {
    System.setErr(before);
    evil.close();
    bed.close();
  }

  private Commands note(Commands ran) {
    complaints.append(ran.err());
    return ran;
  }

  private Commands safe(String login, String... arguments) {
    return note(bed.safe(login, arguments));
  }

  private Commands typing(String input, String login, String... arguments) {
    return note(bed.safeWith(input, login, arguments));
  }

  private Commands with(Map<String, String> more, String login, String... arguments) {
    Map<String, String> environment = new HashMap<>(Commands.passwords(login));
    environment.putAll(more);
    CommandLine line = SafeCommands.commandLine(environment, Asker.nobody());
    return note(bed.run(line, login, arguments));
  }

  private Commands account(Map<String, String> more, String login, String... arguments) {
    Map<String, String> environment = new HashMap<>(Commands.passwords(login));
    environment.putAll(more);
    CommandLine line = AccountCommands.commandLine(environment, Asker.nobody());
    String[] rest = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
    return note(bed.account("profile of " + login, line, login, arguments[0], rest));
  }

  private JsonNode json(Commands ran) throws Exception {
    return new ObjectMapper().readTree(ran.line());
  }

  private void invitations() throws Exception {
    String[] invite = {"invite", "keys", "carol@example.org", "--role", "read", "--json"};
    JsonNode invited = json(safe("ada", invite));
    String code = invited.path("code").asText();
    code("an invitation", code);
    String link = invited.path("link").asText();
    with(Map.of("ZAMOK_CODE", code.substring(1)), "carol", "--register", "accept", link);
    with(Map.of("ZAMOK_CODE", code), "carol", "accept", link).ok();
    with(Map.of("ZAMOK_CODE", code), "carol", "accept", link);
    safe("ada", "members", "keys").ok();
    safe("carol", "list", invitedSafe(link)).ok();
  }

  private static String invitedSafe(String link) {
    return InviteLink.parse(link).room().toString();
  }

  private void links() throws Exception {
    JsonNode sent = json(safe("ada", "send", "keys", "vault", "--code", "--json"));
    String code = sent.path("code").asText();
    URI link = URI.create(sent.path("link").asText());
    code("a link", code);
    secrets.put("the key of a link", link.getFragment().substring(22));
    Path file = Files.writeString(directory.resolve("link code"), code);
    Path wrong = Files.writeString(directory.resolve("wrong code"), code.substring(1));
    String[] receive = {"receive", "-", "--code-file", file.toString()};
    typing(link + "\n", "brian", "receive", "-", "--code-file", wrong.toString());
    assertThat(typing(link + "\n", "brian", receive).ok().out()).contains(VALUE);
    typing(link + "\n", "brian", receive);
    typing("no link at all\n", "brian", receive);
  }

  private void parcelsAndGroups() {
    String id = safe("ada", "send", "keys", "vault", "--to", "brian", "--yes").line();
    assertThat(safe("brian", "receive", "--id", id).ok().out()).contains(VALUE);
    safe("brian", "receive", "--id", id);
    note(bed.group("ada", "create", "ops")).ok();
    note(bed.group("ada", "add", "ops", "brian", "--yes")).ok();
    safe("ada", "share", "keys", "--group", "ops", "--role", "read").ok();
    note(bed.group("ada", "remove", "ops", "brian")).ok();
    note(bed.group("ada", "remove", "ops", "brian"));
  }

  private void accounts() throws Exception {
    Path sheet = directory.resolve("sheet.txt");
    account(Map.of(), "ada", "recovery-sheet", sheet.toString()).ok();
    String code = Files.readString(sheet).split("Recovery code: ")[1].split("\n")[0].strip();
    code("a recovery", code);
    safe("ada", "--remember-device", "list").ok();
    // A device that is kept sends no password; another one does.
    Map<String, String> mistyped =
        Map.of("ZAMOK_PASSWORD", WRONG_LOGIN, "ZAMOK_MASTER_PASSWORD", Person.master("ada"));
    CommandLine elsewhere = SafeCommands.commandLine(mistyped, Asker.nobody());
    assertThat(note(bed.runIn("profile elsewhere", elsewhere, "ada", "list")).err())
        .contains("password is wrong");
    assertThat(evil.all()).anyMatch(one -> one.request().encode().contains(WRONG_LOGIN));
    Map<String, String> next = Map.of("ZAMOK_NEW_MASTER_PASSWORD", NEW_MASTER);
    Map<String, String> wrong = new HashMap<>(next);
    wrong.put("ZAMOK_MASTER_PASSWORD", WRONG_MASTER);
    assertThat(account(wrong, "ada", "master-password").code()).isEqualTo(1);
    account(next, "ada", "master-password").ok();
    Map<String, String> forgotten = new HashMap<>();
    forgotten.put("ZAMOK_RECOVERY_CODE", code.substring(1));
    with(forgotten, "ada", "--recover", "list");
    forgotten.put("ZAMOK_RECOVERY_CODE", code);
    with(forgotten, "ada", "--recover", "list").ok();
  }

  @Test
  void whatLiesAboutHoldsNoSecret() throws Exception {
    bed.register("ada", "brian");
    safe("ada", "create", "keys").ok();
    typing(VALUE + "\n", "ada", "put", "keys", "vault", "--password-file", "-").ok();
    safe("ada", "folder", "create", "keys", "inner").ok();
    invitations();
    links();
    parcelsAndGroups();
    accounts();

    List<String> known = forms();
    assertThat(known).hasSizeGreaterThan(10);
    assertThat(logged.toString(StandardCharsets.UTF_8)).contains("the room log is open");
    hidden("a log", logged.toString(StandardCharsets.UTF_8), known);
    assertThat(complaints.toString()).contains("that is no recovery code");
    hidden("a complaint", complaints.toString(), known);
    String metrics = evil.ask("/metrics");
    assertThat(metrics).contains("zamok_authority_answers_total");
    hidden("the metrics", metrics, known);
    for (EvilServer.Heard one : evil.all()) {
      hidden("an address", one.path(), known);
      hidden("a request to " + one.path(), one.request().encode(), known);
      hidden("an answer of " + one.path(), one.answer().encode(), known);
    }
    hiddenIn(bed.server().data(), known);
    List<String> profiles =
        List.of("profile of ada", "profile of brian", "profile of carol", "profile elsewhere");
    for (String profile : profiles) {
      assertThat(directory.resolve(profile)).isDirectory();
      hiddenIn(directory.resolve(profile), known);
    }
    // Login passwords are sent, and are nowhere else.
    List<String> sent =
        forms(
            List.of(
                WRONG_LOGIN,
                Person.password("ada"),
                Person.password("brian"),
                Person.password("carol")));
    hidden("a log", logged.toString(StandardCharsets.UTF_8), sent);
    hidden("a complaint", complaints.toString(), sent);
    hidden("the metrics", metrics, sent);
    for (EvilServer.Heard one : evil.all()) {
      hidden("an address", one.path(), sent);
      hidden("an answer of " + one.path(), one.answer().encode(), sent);
    }
    hiddenIn(bed.server().data(), sent);
    for (String profile : profiles) {
      hiddenIn(directory.resolve(profile), sent);
    }
  }

  /** The one that is right, and the one that is tried first. */
  private void code(String of, String code) {
    secrets.put("the code of " + of, code);
    secrets.put("the wrong code of " + of, code.substring(1));
  }

  private List<String> forms() {
    return forms(List.copyOf(secrets.values()));
  }

  /** As they are; as codes are read, without dashes, in small letters too; as bytes are written. */
  private static List<String> forms(List<String> secrets) {
    List<String> all = new ArrayList<>();
    for (String secret : secrets) {
      for (String form :
          List.of(secret, secret.replace("-", ""), secret.toLowerCase(Locale.ROOT))) {
        byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
        all.add(form);
        all.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        all.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        all.add(HexFormat.of().formatHex(bytes));
        all.add(HexFormat.of().withUpperCase().formatHex(bytes));
      }
    }
    return all;
  }

  private static void hiddenIn(Path place, List<String> secrets) throws Exception {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hidden(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1), secrets);
      }
    }
  }

  private static void hidden(String where, String text, List<String> secrets) {
    for (String secret : secrets) {
      assertThat(text.contains(secret)).as("a secret is in %s", where).isFalse();
    }
  }
}
