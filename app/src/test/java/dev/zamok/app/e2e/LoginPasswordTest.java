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
    return change(login, Person.master(login), next);
  }

  private static Commands change(String login, String master, String next) {
    Map<String, String> known = new HashMap<>(Commands.passwords(login));
    known.put("ZAMOK_MASTER_PASSWORD", master);
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
  void onADeviceThatIsKeptTheMasterPasswordToCompareWithMustBeTheTrueOne() {
    bed.safe("carol", "--register", "--remember-device", "create", "papers").ok();
    // The server would see the master password from then on.
    Commands fooled = change("carol", "a slip of the fingers", Person.master("carol"));
    assertThat(fooled.code()).isEqualTo(1);
    assertThat(fooled.err()).contains("the master password is wrong");
    assertThat(change("carol", Person.master("carol")).err()).contains("must not be the login");
    change("carol", "another login word").ok();
    assertThat(bed.safe("carol", "list").line()).contains("papers");
  }

  @Test
  void oneThatIsTooShortOrIsTheMasterPasswordChangesNothing() {
    bed.register("brian");
    assertThat(change("brian", "7 short").err()).contains("at least 8 characters");
    assertThat(change("brian", Person.master("brian")).code()).isEqualTo(1);
    assertThat(list("brian", Person.password("brian")).code()).isZero();
  }
}
