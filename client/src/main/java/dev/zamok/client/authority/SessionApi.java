package dev.zamok.client.authority;

import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the authority does for a logged-in account. Contract: {@code openapi.yaml} of the authority.
 *
 * <p>Futures complete on the client's loop; they fail with {@link
 * dev.zamok.client.problem.ClientProblem} alone.
 */
public interface SessionApi {
  int STATEMENTS_PER_PAGE_MAX = 500;
  int HISTORY_PER_PAGE_MAX = 500;
  int CARDS_PER_QUERY_MAX = 200;
  int ITEMS_PER_QUERY_MAX = 500;
  int ITEMS_PER_WRITE_MAX = 200;

  CompletableFuture<Answers.Account> account();

  CompletableFuture<Void> changePassword(String current, String next);

  CompletableFuture<Answers.Keyset> keyset();

  /** Unknown ones are left out. */
  CompletableFuture<List<Answers.Account>> cards(CardQuery query);

  CompletableFuture<List<Answers.DeviceSession>> sessions();

  CompletableFuture<Void> logout();

  CompletableFuture<Void> revoke(SessionId session);

  CompletableFuture<List<Answers.Channel>> channels();

  CompletableFuture<List<Answers.Room>> rooms();

  CompletableFuture<Answers.Room> room(RoomId room);

  CompletableFuture<Answers.Room> createChannel(String name, boolean open);

  CompletableFuture<Answers.Room> createSealed(RoomKind kind, History history, Extension extension);

  /** Managed rooms. */
  CompletableFuture<Void> rename(RoomId room, String name);

  /** Sealed rooms. */
  CompletableFuture<Void> putInfo(RoomId room, Bytes info);

  CompletableFuture<Answers.Room> join(RoomId channel);

  CompletableFuture<List<Answers.Member>> members(RoomId room);

  /** Managed rooms. */
  CompletableFuture<Answers.Room> putMember(RoomId room, AccountId account, Role role);

  /** Managed rooms. */
  CompletableFuture<Void> removeMember(RoomId room, AccountId account);

  CompletableFuture<Answers.Statements> statements(RoomId room, int from);

  /** Fails with the refusal {@code chain-conflict} when somebody was first. */
  CompletableFuture<Answers.Room> extend(RoomId room, Extension extension);

  /** For one's own card, newest generation first. */
  CompletableFuture<List<Answers.Wrapped>> wraps(RoomId room);

  /**
   * Writes one item, or several, all or nothing. Fails with the refusals {@code version-conflict}
   * when somebody was first with one of them, {@code chain-conflict} when the chain has grown.
   */
  CompletableFuture<Void> putItems(RoomId room, ItemWrites writes);

  /** At most {@value #ITEMS_PER_QUERY_MAX}; those that are not there are left out. */
  CompletableFuture<Answers.Items> items(RoomId room, List<ItemQuery> items);

  /** Invitations, and copies of single secrets for accounts. */
  SharingApi sharing();

  CompletableFuture<Void> putLink(Bytes id, NewLink link);

  CompletableFuture<Void> revokeLink(Bytes id);

  CompletableFuture<Answers.Room> rotate(RoomId room, boolean reset);

  /**
   * A ticket for these rooms; those the account is not in are left out.
   *
   * @param connection keeps its id when the ticket is renewed; null for a new one
   */
  CompletableFuture<Answers.Ticket> ticket(@Nullable ConnectionId connection, List<RoomId> rooms);

  /** Rooms that the account may not read are left out. */
  CompletableFuture<List<Answers.Shares>> shares(List<ShareQuery> rooms);

  CompletableFuture<Answers.HistoryPage> historyAfter(RoomId room, Position after, int limit);

  /**
   * The entries before a position, oldest first.
   *
   * @param before null for the newest
   */
  CompletableFuture<Answers.HistoryPage> historyBefore(
      RoomId room, @Nullable Position before, int limit);

  /** At most {@value #CARDS_PER_QUERY_MAX} each. */
  record CardQuery(List<String> logins, List<AccountId> accounts, List<Fingerprint> fingerprints) {
    public static CardQuery login(String login) {
      return new CardQuery(List.of(login), List.of(), List.of());
    }

    public static CardQuery account(AccountId account) {
      return new CardQuery(List.of(), List.of(account), List.of());
    }

    public static CardQuery fingerprints(List<Fingerprint> fingerprints) {
      return new CardQuery(List.of(), List.of(), fingerprints);
    }
  }

  /**
   * Statements, with the wraps of the generations they make and the name sealed anew.
   *
   * @param info null to keep what is there
   */
  record Extension(List<Bytes> statements, List<NewWrap> wraps, @Nullable Bytes info) {}

  /**
   * Statements about items, and the record of each that puts.
   *
   * @param single the item when there is but one statement
   * @param replaces the version that it replaces
   */
  record ItemWrites(
      List<Bytes> statements,
      List<Answers.ItemVersion> records,
      @Nullable ItemId single,
      int replaces) {
    public ItemWrites {
      statements = List.copyOf(statements);
      records = List.copyOf(records);
    }
  }

  /** A sealed secret for whoever has its link. */
  record NewLink(Hash tokenHash, int views, long expiresMillis, Bytes sealed) {}

  /** A version of an item, by the hash that the chain names. */
  record ItemQuery(ItemId item, int version, Hash hash) {}

  record NewWrap(int generation, Fingerprint recipient, Bytes wrap) {}

  /**
   * The epochs of one room.
   *
   * @param to null for the current one
   */
  record ShareQuery(RoomId room, int from, @Nullable Integer to) {}
}
