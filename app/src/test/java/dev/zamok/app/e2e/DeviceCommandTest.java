package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zamok.app.account.AccountCommands;
import dev.zamok.app.device.DeviceCommands;
import dev.zamok.app.login.Asker;
import dev.zamok.app.safe.SafeCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that are kept, and the first start, as a user and as a script meet them. */
class DeviceCommandTest {
  private static TestServer server;
  private static Path directory;

  @BeforeAll
  static void serve(@TempDir Path place) {
    directory = place;
    server = TestServer.start(place);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Commands safe(String login, String place, Map<String, String> env, String... a) {
    return Commands.run(
        SafeCommands.commandLine(env, Asker.nobody()), server, login, directory.resolve(place), a);
  }

  private static Commands device(String login, String place, Map<String, String> env, String... a) {
    return Commands.run(
        DeviceCommands.commandLine(env, Asker.nobody()),
        server,
        login,
        directory.resolve(place),
        a);
  }

  private static Commands typed(String login, String place, Typist typist, String... arguments) {
    return Commands.run(
        SafeCommands.commandLine(Map.of(), typist),
        server,
        login,
        directory.resolve(place),
        arguments);
  }

  @Test
  void aDeviceThatIsKeptNeedsNoPasswordUntilItIsForgotten() throws Exception {
    Map<String, String> known = Commands.passwords("ada");
    safe("ada", "ada-1", known, "--register", "create", "servers").ok();
    assertThat(safe("ada", "ada-1", Map.of(), "list").code()).isEqualTo(1);
    safe("ada", "ada-1", known, "--remember-device", "list").ok();
    assertThat(safe("ada", "ada-1", Map.of(), "list").ok().out()).contains("servers");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("ada-1/kept.json"))))
        .isEqualTo("rw-------");

    String line = device("ada", "ada-1", Map.of(), "list", "--json").ok().out().strip();
    JsonNode first = new ObjectMapper().readTree(line);
    assertThat(first.path("kept").asBoolean()).isTrue();
    assertThat(first.path("current").asBoolean()).isTrue();
    String id = first.path("id").asText();
    device("ada", "ada-1", Map.of(), "rename", id, "the lathe").ok();
    assertThat(device("ada", "ada-1", Map.of(), "list").ok().out())
        .contains("the lathe", id, "kept", "this one");

    device("ada", "ada-1", Map.of(), "forget").ok();
    assertThat(directory.resolve("ada-1/kept.json")).doesNotExist();
    assertThat(safe("ada", "ada-1", Map.of(), "list").code()).isEqualTo(1);
    assertThat(device("ada", "ada-1", Map.of(), "forget").err()).contains("not kept");
  }

  @Test
  void aLostDeviceIsForgottenFromAnotherOneByItsName() {
    Map<String, String> known = Commands.passwords("grace");
    safe("grace", "lost", known, "--register", "--remember-device", "list").ok();
    String id = device("grace", "lost", Map.of(), "list").ok().out().split("  ")[1];
    device("grace", "lost", Map.of(), "rename", id, "lost in the tram").ok();
    device("grace", "desk", known, "forget", "lost in the tram").ok();
    Commands after = safe("grace", "lost", Map.of(), "list");
    assertThat(after.code()).isEqualTo(1);
    assertThat(after.err()).contains("no longer kept");
    assertThat(safe("grace", "lost", known, "list").ok().err()).doesNotContain("no longer kept");
    assertThat(device("grace", "desk", known, "forget", "lost in the tram").code()).isEqualTo(3);
  }

  @Test
  void theFirstStartExplainsMeasuresAndOffersASheetThatRecoversTheAccount() {
    Typist first =
        new Typist(
            "login word 1",
            "login word 1",
            "123456",
            "123456",
            "yes",
            "12345678",
            "12345678",
            "no",
            "yes",
            "yes");
    Commands made = typed("mary", "mary-1", first, "--register", "create", "papers").ok();
    assertThat(made.err())
        .contains("Nobody can reset it", "[#----] very weak", "Recovery code: ", "is kept");
    assertThat(first.asked)
        .containsExactly(
            "new login password",
            "the same again",
            "new master password",
            "the same again",
            "Choose another one?",
            "new master password",
            "the same again",
            "Choose another one?",
            "Make a recovery sheet?",
            "Keep this device?");
    assertThat(typed("mary", "mary-1", new Typist(), "list").ok().out()).contains("papers");

    String code = made.err().split("Recovery code: ")[1].split("\n")[0].strip();
    Typist again = new Typist("login word 1", "new words of mine", "new words of mine", code, "no");
    Commands recovered = typed("mary", "mary-2", again, "--recover", "list").ok();
    assertThat(recovered.out()).contains("papers");
    // Who said no is not asked again.
    Typist later = new Typist("login word 1", "new words of mine");
    assertThat(typed("mary", "mary-2", later, "list").ok().out()).contains("papers");
    assertThat(typed("mary", "mary-2", new Typist("login word 1", "12345678"), "list").code())
        .isEqualTo(1);
    // Devices that were kept before go on.
    assertThat(typed("mary", "mary-1", new Typist(), "list").ok().out()).contains("papers");
  }

  @Test
  void aLoginPasswordThatTheServerWouldRefuseIsToldBeforeMoreIsTyped() {
    Typist typist = new Typist("7 short", "7 short");
    Commands refused = typed("rosa", "rosa", typist, "--register", "list");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("the login password has at least 8 characters");
    assertThat(typist.asked).containsExactly("new login password", "the same again");
  }

  @Test
  void aScriptGetsTheSheetAsAFileAndANewOneReplacesIt() throws Exception {
    Map<String, String> known = Commands.passwords("emmy");
    Path sheet = directory.resolve("emmy.html");
    safe("emmy", "emmy", known, "--register", "--recovery-sheet", sheet.toString(), "list").ok();
    String page = Files.readString(sheet);
    assertThat(page).startsWith("<!doctype html>").contains("emmy", server.uri().toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sheet)))
        .isEqualTo("rw-------");

    Path second = directory.resolve("emmy.txt");
    List<String> arguments =
        List.of(
            "recovery-sheet",
            "--server",
            server.uri().toString(),
            "--login",
            "emmy",
            "--profile",
            directory.resolve("emmy").toString(),
            second.toString());
    Commands.run(AccountCommands.commandLine(known, Asker.nobody()), arguments).ok();
    String old = page.split("Recovery code: ")[1].split("\n")[0].strip();
    String code = Files.readString(second).split("Recovery code: ")[1].split("\n")[0].strip();
    assertThat(code).isNotEqualTo(old);
    assertThat(recover("emmy", old).err()).contains("the recovery code is wrong");
    assertThat(
            recover("emmy", code.replace(code.charAt(0), '0').toLowerCase(java.util.Locale.ROOT))
                .code())
        .isEqualTo(code.charAt(0) == '0' ? 0 : 1);
    recover("emmy", code).ok();
    // No file is written over, and no account made without its sheet.
    Commands again =
        safe(
            "noether",
            "noether",
            Commands.passwords("noether"),
            "--register",
            "--recovery-sheet",
            sheet.toString(),
            "list");
    assertThat(again.err()).contains("is there already");
    assertThat(safe("noether", "noether", Commands.passwords("noether"), "list").code())
        .isEqualTo(1);
  }

  private static Commands recover(String login, String code) {
    Map<String, String> known =
        Map.of(
            "ZAMOK_PASSWORD",
            Person.password(login),
            "ZAMOK_MASTER_PASSWORD",
            "another master word",
            "ZAMOK_RECOVERY_CODE",
            code);
    return safe(login, "recovering " + login, known, "--recover", "list");
  }
}
