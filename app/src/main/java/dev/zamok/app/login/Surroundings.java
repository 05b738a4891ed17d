package dev.zamok.app.login;

import dev.zamok.crypto.password.KdfParams;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/**
 * What a process finds around it.
 *
 * @param home of the user
 * @param zone in which times are shown
 * @param masterPasswordCost of new master passwords
 */
public record Surroundings(
    Map<String, String> environment,
    InputStream in,
    Path home,
    Asker asker,
    Clock clock,
    ZoneId zone,
    KdfParams masterPasswordCost) {
  /** With the cost that people's passwords want. */
  public Surroundings(
      Map<String, String> environment,
      InputStream in,
      Path home,
      Asker asker,
      Clock clock,
      ZoneId zone) {
    this(environment, in, home, asker, clock, zone, KdfParams.DEFAULT);
  }

  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        System.in,
        Path.of(System.getProperty("user.home", ".")),
        Asker.console(),
        Clock.systemUTC(),
        ZoneId.systemDefault());
  }

  /** With another cost: for tests, which make many accounts. */
  public Surroundings with(KdfParams cost) {
    return new Surroundings(environment, in, home, asker, clock, zone, cost);
  }

  /** Without the environment, which may hold passwords. */
  @Override
  public String toString() {
    return "Surroundings[" + home + "]";
  }
}
