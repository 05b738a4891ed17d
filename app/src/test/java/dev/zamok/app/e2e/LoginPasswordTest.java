package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.account.AccountCommands;
import dev.zamok.app.login.Asker;
import dev.zamok.app.safe.SafeCommands;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The login password is replaced, as a script does it. */
class LoginPasswordTest {
  private static CommandBed bed;

  @BeforeAll
  static void serve(@TempDir Path place) {
    bed = new CommandBed(place);
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  private static Commands change(String login, String next) {
    Map<String, String> known = new HashMap<>(Commands.passwords(login));
    known.put("ZAMOK_NEW_PASSWORD", next);
    return bed.account(
        "profile of " + login,
        AccountCommands.commandLine(known, Asker.nobody()),
        login,
        "login-password");
  }

  private static Commands list(String login, String password) {
    return bed.run(SafeCommands.commandLine(password, Person.master(login), ""), login, "list");
  }

  @Test
  void theNewOneLogsInTheOldOneDoesNotAndTheMasterPasswordStays() {
    bed.register("ada");
    bed.safe("ada", "create", "papers").ok();
    change("ada", "another login word").ok();
    assertThat(list("ada", "another login word").line()).contains("papers");
    assertThat(list("ada", Person.password("ada")).code()).isEqualTo(1);
  }

  @Test
  void oneThatIsTooShortOrIsTheMasterPasswordChangesNothing() {
    bed.register("brian");
    assertThat(change("brian", "7 short").err()).contains("at least 8 characters");
    assertThat(change("brian", Person.master("brian")).code()).isEqualTo(1);
    assertThat(list("brian", Person.password("brian")).code()).isZero();
  }
}
