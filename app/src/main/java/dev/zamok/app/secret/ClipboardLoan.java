package dev.zamok.app.secret;

import dev.zamok.client.secret.SecretText;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A secret that is in the clipboard for a while: until its time is up, the program is ended, or
 * something else was copied.
 */
public final class ClipboardLoan implements AutoCloseable {
  /** How long a secret stays, unless told otherwise. */
  public static final Duration DEFAULT = Duration.ofSeconds(30);

  private final Clipboard clipboard;
  private final SecretText secret;
  private final AtomicBoolean returned = new AtomicBoolean();
  private final Thread atTheEnd = new Thread(this::giveBack, "clears-the-clipboard");

  private ClipboardLoan(Clipboard clipboard, SecretText secret) {
    this.clipboard = clipboard;
    this.secret = secret;
  }

  /** Copies the secret, and sees to it that it goes even if the program is interrupted. */
  public static ClipboardLoan of(Clipboard clipboard, SecretText secret) {
    ClipboardLoan loan = new ClipboardLoan(clipboard, secret);
    Runtime.getRuntime().addShutdownHook(loan.atTheEnd);
    clipboard.copy(secret);
    return loan;
  }

  /** Waits, then gives back. */
  public void keepFor(Duration time, Wait wait) {
    boolean interrupted = false;
    try {
      wait.until(time);
    } catch (InterruptedException e) {
      // Told on only after the clipboard is clear: an interrupted thread cannot wait for it.
      interrupted = true;
    } finally {
      close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Clears the clipboard if it still holds the secret. Idempotent. */
  @Override
  public void close() {
    giveBack();
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      // the program is ending: the hook finds that there is nothing left to do
    }
  }

  private void giveBack() {
    if (returned.compareAndSet(false, true)) {
      clipboard.clearIfStill(secret);
    }
  }

  /** How time passes. */
  @FunctionalInterface
  public interface Wait {
    void until(Duration time) throws InterruptedException;
  }
}
