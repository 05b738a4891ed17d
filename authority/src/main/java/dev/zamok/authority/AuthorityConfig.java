package dev.zamok.authority;

import dev.zamok.authority.account.AccountConfig;
import dev.zamok.authority.archive.ArchiveConfig;
import dev.zamok.authority.epoch.EpochConfig;
import dev.zamok.authority.http.HttpConfig;
import dev.zamok.authority.letter.LetterConfig;
import dev.zamok.authority.node.NodesConfig;
import dev.zamok.authority.room.RoomConfig;
import dev.zamok.authority.ticket.TicketConfig;

/** All that can be set of an authority. */
public record AuthorityConfig(
    HttpConfig http,
    TicketConfig tickets,
    AccountConfig accounts,
    RoomConfig rooms,
    EpochConfig epochs,
    ArchiveConfig archive,
    NodesConfig nodes,
    LetterConfig letters) {

  /** Of an authority that is alone. */
  public AuthorityConfig(
      HttpConfig http,
      TicketConfig tickets,
      AccountConfig accounts,
      RoomConfig rooms,
      EpochConfig epochs,
      ArchiveConfig archive) {
    this(http, tickets, accounts, rooms, epochs, archive, NodesConfig.ALONE, LetterConfig.NONE);
  }

  /** The defaults, for a hub that clients reach at {@code hub}: an address, or a path here. */
  public static AuthorityConfig of(HttpConfig http, String hub) {
    return new AuthorityConfig(
        http,
        new TicketConfig(hub, TicketConfig.LIFETIME_DEFAULT),
        AccountConfig.DEFAULT,
        RoomConfig.DEFAULT,
        EpochConfig.DEFAULT,
        ArchiveConfig.DEFAULT);
  }

  public AuthorityConfig with(AccountConfig other) {
    return new AuthorityConfig(http, tickets, other, rooms, epochs, archive, nodes, letters);
  }

  public AuthorityConfig with(NodesConfig other) {
    return new AuthorityConfig(http, tickets, accounts, rooms, epochs, archive, other, letters);
  }

  public AuthorityConfig with(LetterConfig other) {
    return new AuthorityConfig(http, tickets, accounts, rooms, epochs, archive, nodes, other);
  }
}
