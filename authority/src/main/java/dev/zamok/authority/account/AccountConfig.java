package dev.zamok.authority.account;

import dev.zamok.crypto.password.KdfParams;
import java.time.Duration;

/**
 * Limits of accounts.
 *
 * @param registrationOpen whether anybody who reaches the server may make an account; else only who
 *     has a letter that invites him
 */
public record AccountConfig(
    boolean registrationOpen, Passwords passwords, Sessions sessions, Attempts attempts) {
  public static final AccountConfig DEFAULT =
      new AccountConfig(true, Passwords.DEFAULT, Sessions.DEFAULT, Attempts.DEFAULT);

  /** How often a session may ask for, change or confirm the code of its device. */
  public static final Rate DEVICE_CODES = new Rate(120, Duration.ofSeconds(1));

  /**
   * How login passwords are hashed.
   *
   * @param threads that hash at the same time; each takes the memory of {@code kdf}
   * @param waitingMax hashes that may wait for a thread
   */
  public record Passwords(KdfParams kdf, int threads, int waitingMax) {
    public static final Passwords DEFAULT = new Passwords(KdfParams.DEFAULT, 2, 64);

    public Passwords {
      if (threads < 1 || waitingMax < 1) {
        throw new IllegalArgumentException("account.passwords: a limit below 1");
      }
    }
  }

  /**
   * How long sessions last.
   *
   * @param idleMax without a request
   * @param lifeMax from the login on
   * @param perAccountMax logins beyond it end the one that was idle longest
   */
  public record Sessions(Duration idleMax, Duration lifeMax, int perAccountMax) {
    public static final Sessions DEFAULT =
        new Sessions(Duration.ofDays(14), Duration.ofDays(90), 50);

    /** So that a listing is one page. */
    private static final int PER_ACCOUNT_LIMIT = 500;

    public Sessions {
      if (idleMax.toSeconds() < 1 || lifeMax.compareTo(idleMax) < 0) {
        throw new IllegalArgumentException("account.sessions: idle time over life time, or none");
      }
      if (perAccountMax < 1 || perAccountMax > PER_ACCOUNT_LIMIT) {
        throw new IllegalArgumentException("account.sessions.perAccountMax " + perAccountMax);
      }
    }
  }

  /** Who may try how often, before and after a login. */
  public record Attempts(
      Rate registrationsPerAddress, Rate loginsPerAddress, Rate loginsPerName, Rate lookups) {
    public static final Attempts DEFAULT =
        new Attempts(
            new Rate(20, Duration.ofMinutes(1)),
            new Rate(30, Duration.ofSeconds(2)),
            new Rate(10, Duration.ofSeconds(20)),
            new Rate(120, Duration.ofSeconds(1)));
  }

  /**
   * A bucket of tokens.
   *
   * @param burst so many at once
   * @param refill then one per so long
   */
  public record Rate(int burst, Duration refill) {
    public Rate {
      if (burst < 1 || refill.toMillis() < 1) {
        throw new IllegalArgumentException("account.attempts: a rate of nothing");
      }
    }
  }
}
