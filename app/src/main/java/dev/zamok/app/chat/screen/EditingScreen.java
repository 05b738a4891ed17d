package dev.zamok.app.chat.screen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * A terminal on which the line that is being typed stays at the bottom, and messages appear above
 * it. What was typed is remembered until the end of the program and never written to disk.
 */
public final class EditingScreen implements Screen {
  private static final AttributedStyle LOUD =
      AttributedStyle.BOLD.foreground(AttributedStyle.BRIGHT + AttributedStyle.RED);

  private final Terminal terminal;
  private final LineReader reader;

  private EditingScreen(Terminal terminal, Collection<String> commands) {
    this.terminal = terminal;
    this.reader =
        LineReaderBuilder.builder()
            .appName("zamok")
            .terminal(terminal)
            .completer(new StringsCompleter(commands))
            // An exclamation mark is an exclamation mark.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            // What was said comes back as a message: once is enough.
            .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
            .build();
  }

  /**
   * Empty when the program's input and output are no terminal, or one that cannot edit lines.
   *
   * @param commands what the tabulator key completes
   */
  public static Optional<Screen> open(Collection<String> commands) {
    try {
      Terminal terminal = TerminalBuilder.builder().name("zamok").system(true).dumb(true).build();
      if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        terminal.close();
        return Optional.empty();
      }
      return Optional.of(new EditingScreen(terminal, commands));
    } catch (IOException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  @Override
  public void print(String text) {
    reader.printAbove(text);
  }

  @Override
  public void warn(String text) {
    reader.printAbove(new AttributedString("!!! " + text, LOUD));
  }

  @Override
  public @Nullable String read(String prompt) {
    try {
      return reader.readLine(prompt);
    } catch (EndOfFileException | UserInterruptException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
