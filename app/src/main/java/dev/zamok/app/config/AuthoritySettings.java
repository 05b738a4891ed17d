package dev.zamok.app.config;

import dev.zamok.authority.AuthorityConfig;
import dev.zamok.authority.account.AccountConfig;
import dev.zamok.authority.archive.ArchiveConfig;
import dev.zamok.authority.epoch.EpochConfig;
import dev.zamok.authority.http.HttpConfig;
import dev.zamok.authority.node.NodesConfig;
import dev.zamok.authority.node.Watch;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The authority's part of the configuration.
 *
 * @param registrationOpen whether anybody who reaches the server may make an account
 * @param passwords no file makes them cheaper: for the server is for whoever has its database
 */
public record AuthoritySettings(
    boolean registrationOpen,
    AccountConfig.Passwords passwords,
    AccountConfig.Sessions sessions,
    EpochConfig epochs,
    ArchiveConfig archive,
    Nodes nodes,
    LetterSettings letters) {
  /**
   * How it finds and is found by other authorities of the cluster.
   *
   * @param inner where it listens for them; null where it is the only one
   * @param advertised {@code host:port} by which they reach it; empty for {@code inner} itself
   * @param operatorToken a file with the token that shows the status; null: nobody sees it
   */
  public record Nodes(
      @Nullable ListenAddress inner,
      String advertised,
      @Nullable Path operatorToken,
      AlertSettings alerts) {
    static Nodes read(Section section) {
      String inner = section.text("inner", "");
      String advertised = section.text("advertised", "");
      ListenAddress address = null;
      if (!inner.isEmpty()) {
        try {
          address = ListenAddress.parse(inner);
        } catch (IllegalArgumentException e) {
          section.problem("inner", String.valueOf(e.getMessage()));
        }
      }
      if (!advertised.isEmpty() && address == null) {
        section.problem("advertised", "without inner there is nothing to reach");
      }
      return new Nodes(
          address,
          advertised,
          section.path("operatorToken"),
          AlertSettings.read(section.section("alerts")));
    }

    NodesConfig config(Watch watch) {
      NodesConfig config =
          inner == null
              ? NodesConfig.ALONE
              : NodesConfig.shared(new NodesConfig.Inner(inner.host(), inner.port(), advertised));
      NodesConfig watching = config.with(watch);
      return operatorToken == null ? watching : watching.withOperatorToken(operatorToken);
    }
  }

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
    ArchiveConfig archive = archive(section, ArchiveConfig.DEFAULT);
    Nodes nodes = Nodes.read(section);
    LetterSettings letters = LetterSettings.read(section.section("mail"));
    section.end();
    return new AuthoritySettings(
        registration.equals("open"),
        AccountConfig.Passwords.DEFAULT,
        new AccountConfig.Sessions(idle, life, base.perAccountMax()),
        epochs,
        archive,
        nodes,
        letters);
  }

  private static ArchiveConfig archive(Section section, ArchiveConfig base) {
    Duration hot = section.duration("keepInLog", base.hot(), SECOND, Duration.ofDays(1));
    int entries = section.number("keepInLogEntries", base.hotEntries(), 0, 100_000);
    return base.keeping(hot, entries);
  }

  private static EpochConfig epochs(Section section, EpochConfig base) {
    int messages = section.number("ratchetMessages", base.ratchetMessages(), 1, 100_000);
    Duration day = Duration.ofDays(1);
    Duration after = section.duration("ratchetAfter", base.ratchetAfter(), SECOND, day);
    Duration reset = section.duration("resetAfter", base.resetAfter(), base.announceBefore(), YEAR);
    return new EpochConfig(messages, after, reset, base.announceBefore(), base.grace());
  }

  public AuthoritySettings with(AccountConfig.Passwords other) {
    return new AuthoritySettings(
        registrationOpen, other, sessions, epochs, archive, nodes, letters);
  }

  /**
   * For a hub that clients reach at {@code hub}.
   *
   * @param watch what is looked at beside the nodes
   */
  public AuthorityConfig config(HttpConfig http, String hub, Watch watch) {
    AuthorityConfig base = AuthorityConfig.of(http, hub);
    AccountConfig accounts =
        new AccountConfig(registrationOpen, passwords, sessions, base.accounts().attempts());
    return new AuthorityConfig(base.http(), base.tickets(), accounts, base.rooms(), epochs, archive)
        .with(nodes.config(watch));
  }
}
