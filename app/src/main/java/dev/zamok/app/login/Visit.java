package dev.zamok.app.login;

import dev.zamok.client.safe.InviteLink;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Logs in, lets something be done, and logs out.
 *
 * @param invitation by which an account may be made, or null
 */
public record Visit(ServerChoice server, Surroundings around, @Nullable InviteLink invitation) {
  public Visit(ServerChoice server, Surroundings around) {
    this(server, around, null);
  }

  /** Yields what {@code work} does. */
  public int with(CommandLine line, ToIntFunction<Connected> work) {
    try {
      server.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()));
    }
    quietLogs();
    Connected connected = new Connector(server, around, line.getErr()).connect(invitation);
    Thread interrupted = new Thread(connected::close, "zamok-visit-stop");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      return work.applyAsInt(connected);
    } finally {
      connected.close();
      try {
        Runtime.getRuntime().removeShutdownHook(interrupted);
      } catch (IllegalStateException e) {
        // The process is ending: the hook does the same.
        line.getErr().flush();
      }
    }
  }

  /** Failures are told in words. */
  private static void quietLogs() {
    String level = "org.slf4j.simpleLogger.defaultLogLevel";
    if (System.getProperty(level) == null) {
      System.setProperty(level, "error");
    }
  }
}
