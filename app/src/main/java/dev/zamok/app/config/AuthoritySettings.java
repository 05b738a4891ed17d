package dev.zamok.app.config;

import dev.zamok.authority.AuthorityConfig;
import dev.zamok.authority.account.AccountConfig;
import dev.zamok.authority.epoch.EpochConfig;
import dev.zamok.authority.http.HttpConfig;
import java.time.Duration;

/**
 * The authority's part of the configuration.
 *
 * @param registrationOpen whether anybody who reaches the server may make an account
 */
public record AuthoritySettings(
    boolean registrationOpen, AccountConfig.Sessions sessions, EpochConfig epochs) {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration YEAR = Duration.ofDays(365);

  static AuthoritySettings read(Section section) {
    String registration = section.text("registration", "open");
    if (!registration.equals("open") && !registration.equals("closed")) {
      section.problem("registration", "open or closed is wanted");
    }
    AccountConfig.Sessions base = AccountConfig.Sessions.DEFAULT;
    Duration idle = section.duration("sessionIdle", base.idleMax(), SECOND, YEAR);
    Duration life = section.duration("sessionLife", base.lifeMax(), SECOND, YEAR);
    if (life.compareTo(idle) < 0) {
      section.problem("sessionLife", "must not be shorter than sessionIdle");
      life = idle;
    }
    EpochConfig epochs = epochs(section, EpochConfig.DEFAULT);
    section.end();
    return new AuthoritySettings(
        registration.equals("open"),
        new AccountConfig.Sessions(idle, life, base.perAccountMax()),
        epochs);
  }

  private static EpochConfig epochs(Section section, EpochConfig base) {
    int messages = section.number("ratchetMessages", base.ratchetMessages(), 1, 100_000);
    Duration day = Duration.ofDays(1);
    Duration after = section.duration("ratchetAfter", base.ratchetAfter(), SECOND, day);
    Duration reset = section.duration("resetAfter", base.resetAfter(), base.announceBefore(), YEAR);
    return new EpochConfig(messages, after, reset, base.announceBefore(), base.grace());
  }

  /** For a hub that clients reach at {@code hub}. */
  public AuthorityConfig config(HttpConfig http, String hub) {
    AuthorityConfig base = AuthorityConfig.of(http, hub);
    AccountConfig accounts =
        new AccountConfig(
            registrationOpen, base.accounts().passwords(), sessions, base.accounts().attempts());
    return new AuthorityConfig(
        base.http(), base.tickets(), accounts, base.rooms(), epochs, base.archive());
  }
}
