package dev.zamok.app.chat.screen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Lines in, lines out: for pipes, and for terminals that can do no more. Shows no prompt. */
public final class PlainScreen implements Screen {
  private final BufferedReader in;
  private final PrintWriter out;

  public PlainScreen(Reader in, PrintWriter out) {
    this.in = new BufferedReader(in);
    this.out = out;
  }

  @Override
  public void print(String text) {
    synchronized (out) {
      out.println(text);
      out.flush();
    }
  }

  @Override
  public void warn(String text) {
    print("!!! " + text);
  }

  @Override
  public @Nullable String read(String prompt) {
    try {
      return in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
