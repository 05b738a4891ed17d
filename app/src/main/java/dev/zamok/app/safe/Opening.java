package dev.zamok.app.safe;

import dev.zamok.app.login.Connected;
import dev.zamok.app.login.Connector;
import dev.zamok.app.login.ServerChoice;
import dev.zamok.app.login.Surroundings;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Logs in, lets something be done, and logs out. */
record Opening(ServerChoice server, Surroundings around, boolean json) {
  /** Yields what {@code work} does. */
  int with(CommandLine line, ToIntFunction<Desk> work) {
    try {
      server.server();
      server.trust();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()));
    }
    quietLogs();
    Connected connected = new Connector(server, around, line.getErr()).connect();
    Thread interrupted = new Thread(connected::close, "zamok-safe-stop");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      return work.applyAsInt(new Desk(connected, around, line.getOut(), line.getErr(), json));
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
