package dev.zamok.client.authority;

import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.KeyId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the authority answers, as in its {@code openapi.yaml}. Well-formed, and nothing more:
 * everything cryptographic in it is still to be checked.
 */
public final class Answers {
  private Answers() {}

  /**
   * Endpoints, limits and the keys that sign rekeys.
   *
   * @param hub a WebSocket address, or a path on the authority's host
   */
  public record About(String hub, List<ControlKey> controlKeys, int roomsPerTicketMax) {}

  public record ControlKey(KeyId id, Bytes ed25519) {}

  public record Account(AccountId account, String login, Bytes card) {}

  /** The sealed keyset and the ways to open it. */
  public record Keyset(int seq, Bytes sealed, List<Unlock> unlocks) {}

  public record Unlock(int type, String params, Bytes wrap) {}

  /**
   * A login on this device.
   *
   * @param token a credential: never logged
   */
  public record NewSession(
      String token, SessionId session, AccountId account, long expiresAtMillis) {
    @Override
    public String toString() {
      return "NewSession[" + session + "]";
    }
  }

  public record DeviceSession(
      SessionId session,
      DeviceId device,
      @Nullable String deviceName,
      long createdAtMillis,
      long lastSeenAtMillis,
      boolean current,
      boolean kept) {}

  public record Channel(RoomId room, String name) {}

  /**
   * A room as the authority sees it, for the member who asks.
   *
   * @param name managed rooms only
   * @param info sealed rooms only: the sealed name
   * @param chainLength sealed rooms only, otherwise 0
   */
  public record Room(
      RoomId room,
      RoomKind kind,
      History history,
      Role role,
      MemberTag tag,
      int epoch,
      int generation,
      boolean owesGeneration,
      int chainLength,
      @Nullable String name,
      boolean open,
      @Nullable Bytes info) {}

  /**
   * A member of a room with the card.
   *
   * @param present false for former members, kept because they wrote entries
   */
  public record Member(
      AccountId account,
      String login,
      Fingerprint fingerprint,
      Bytes card,
      MemberTag tag,
      Role role,
      boolean present) {}

  /** At most 500 statements from the index asked for, and how many there are. */
  public record Statements(List<Bytes> statements, int length) {}

  /**
   * A room secret for one card.
   *
   * @param recipient one's own, or that of a group
   */
  public record Wrapped(int generation, Fingerprint recipient, Fingerprint wrapper, Bytes wrap) {}

  /** A version of an item, sealed. */
  public record ItemVersion(ItemId item, int version, int generation, int kind, Bytes record) {}

  /**
   * Records in the order they were asked for.
   *
   * @param more whether the rest did not fit
   */
  public record Items(List<ItemVersion> items, boolean more) {}

  /** A secret that was left for whoever has its link. */
  public record OpenedLink(Bytes sealed, int viewsLeft) {}

  /**
   * What the hub admits the bearer to.
   *
   * @param ticket a credential: never logged
   * @param hubs WebSocket addresses, or a path on the authority's host; best first, at least one
   */
  public record Ticket(
      String ticket,
      long expiresAtMillis,
      List<String> hubs,
      ConnectionId connection,
      List<TicketRoom> rooms) {
    public Ticket {
      hubs = List.copyOf(hubs);
      if (hubs.isEmpty()) {
        throw new IllegalArgumentException("a ticket for no hub");
      }
    }

    @Override
    public String toString() {
      return "Ticket[" + connection + ", " + rooms.size() + " rooms]";
    }
  }

  public record TicketRoom(
      RoomId room,
      int epoch,
      int generation,
      Hash rekeyHash,
      boolean owesGeneration,
      MemberTag tag,
      Role role,
      int chainLength) {}

  /**
   * What a room's epoch keys are made of.
   *
   * @param shares of the first epoch served and of each reset after it
   * @param rekeys of all epochs served, oldest first
   * @param secrets managed rooms only
   */
  public record Shares(
      RoomId room, List<Share> shares, List<Bytes> rekeys, List<ManagedSecret> secrets) {}

  public record Share(int epoch, SecretBytes share) {}

  public record ManagedSecret(int generation, SecretBytes secret) {}

  /**
   * Entries by position, oldest first.
   *
   * @param completeTo nothing up to here is missing
   * @param more whether there is more in the direction of the question
   */
  public record HistoryPage(List<Entry> entries, Position completeTo, boolean more) {}
}
