package dev.zamok.app.login;

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
 */
public record Surroundings(
    Map<String, String> environment,
    InputStream in,
    Path home,
    Asker asker,
    Clock clock,
    ZoneId zone) {
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        System.in,
        Path.of(System.getProperty("user.home", ".")),
        Asker.console(),
        Clock.systemUTC(),
        ZoneId.systemDefault());
  }

  /** Without the environment, which may hold passwords. */
  @Override
  public String toString() {
    return "Surroundings[" + home + "]";
  }
}
