package dev.zamok.app.chat;

import dev.zamok.app.chat.input.InputParser;
import dev.zamok.app.chat.screen.EditingScreen;
import dev.zamok.app.chat.screen.PlainScreen;
import dev.zamok.app.chat.screen.Screen;
import dev.zamok.app.login.Connected;
import dev.zamok.app.login.Connector;
import dev.zamok.app.login.ServerChoice;
import dev.zamok.app.login.Surroundings;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The terminal client: for a person, or with options for a script. */
@Command(
    name = "chat",
    description = {
      "Talk in rooms. Keys and the master password never leave this program.",
      "Passwords are asked for, or read from the files that ZAMOK_PASSWORD_FILE and",
      "ZAMOK_MASTER_PASSWORD_FILE name."
    },
    mixinStandardHelpOptions = true)
public final class ChatCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;
  @Mixin private ServerChoice server;
  @Mixin private ActionOptions actions;

  public ChatCommand() {
    this(Surroundings.ofProcess());
  }

  ChatCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    quietLogs();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter notes = spec.commandLine().getErr();
    try {
      actions.check();
      server.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    Connected connected = new Connector(server, around, notes).connect();
    Thread interrupted = new Thread(connected::close, "zamok-chat-stop");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      if (actions.any()) {
        return new Script(connected, actions, around, out).run();
      }
      talk(connected, out);
      return 0;
    } finally {
      connected.close();
      notInterrupted(interrupted);
    }
  }

  /** Log lines in between would garble the terminal; failures are told in words. */
  private static void quietLogs() {
    String level = "org.slf4j.simpleLogger.defaultLogLevel";
    if (System.getProperty(level) == null) {
      System.setProperty(level, "error");
    }
  }

  private void talk(Connected connected, PrintWriter out) {
    Optional<Screen> editing =
        around.asker().isThere() ? EditingScreen.open(commands()) : Optional.empty();
    try (Screen screen =
        editing.orElseGet(
            () ->
                new PlainScreen(new InputStreamReader(around.in(), StandardCharsets.UTF_8), out))) {
      Output output = new Output.Words(screen::print, screen::warn, around.clock(), around.zone());
      new Conversation(connected, screen, output).run(actions.room());
    }
  }

  private static List<String> commands() {
    return InputParser.HELP.stream()
        .filter(line -> line.startsWith("/"))
        .map(line -> line.split("[ \\t]", 2)[0])
        .toList();
  }

  private static void notInterrupted(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook does the same.
      return;
    }
  }
}
