package dev.zamok.load.socket;

import dev.zamok.load.audit.Recording;
import dev.zamok.load.audit.RoomHistory;
import dev.zamok.load.traffic.HistoryPages;
import dev.zamok.load.traffic.Login;
import dev.zamok.load.traffic.Member;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The channels that socket users meet in, and how far the talk is. Every account is in every
 * channel; a user is one connection of an account. Thread-safe; blocks only where it says so.
 */
public final class Hall {
  private static final long SETUP_SECONDS_MAX = 300;

  private final List<Account> accounts;
  private final List<RoomId> rooms;
  private final Map<Integer, SocketUser> users = new ConcurrentHashMap<>();
  private final Map<RoomId, Position> newest = new ConcurrentHashMap<>();
  private final AtomicInteger talkers;

  private Hall(List<Account> accounts, List<RoomId> rooms, int talkers) {
    this.accounts = accounts;
    this.rooms = rooms;
    this.talkers = new AtomicInteger(talkers);
  }

  /**
   * Registers the accounts by the real client, which also makes the channels. Blocks.
   *
   * @param talkers of whom each will call {@link #finished}
   */
  public static Hall open(List<Login> logins, int rooms, int talkers) {
    List<RoomId> made = new ArrayList<>();
    List<Account> accounts = new ArrayList<>();
    for (Login login : logins) {
      try (Member member = get(Member.registering(login))) {
        if (made.isEmpty()) {
          for (int i = 0; i < rooms; i++) {
            made.add(get(member.session().createChannel("hall " + i, true)).id());
          }
        } else {
          made.forEach(room -> get(member.session().joinChannel(room)));
        }
      }
      accounts.add(get(Account.logIn(login)));
    }
    return new Hall(accounts, made, talkers);
  }

  private static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(SETUP_SECONDS_MAX, TimeUnit.SECONDS).join();
  }

  /** The user of that number gets a ticket. */
  public CompletableFuture<SocketUser> admit(int number) {
    Account account = accounts.get(number % accounts.size());
    RoomId room = rooms.get(number % rooms.size());
    return account
        .pass("user " + number, number, room)
        .thenApply(
            pass -> {
              SocketUser user = new SocketUser(pass, account.repair(room));
              users.put(number, user);
              return user;
            });
  }

  /** A talker has said it all. */
  public void finished(SocketUser talker) {
    newest.merge(
        talker.room(), talker.newestSent(), (one, other) -> one.isAfter(other) ? one : other);
    talkers.decrementAndGet();
  }

  /** Whether all talkers have finished. */
  public boolean isTalkOver() {
    return talkers.get() <= 0;
  }

  /** Messages of all users that were acknowledged or refused so far. */
  public int answered() {
    return users.values().stream().mapToInt(SocketUser::answered).sum();
  }

  /** Whether the talk is over, and this user has everything or is out. */
  public boolean isDone(SocketUser user) {
    return isTalkOver()
        && (user.isOut() || user.hasAllUpTo(newest.getOrDefault(user.room(), Position.ZERO)));
  }

  /** Whether that holds for everybody. */
  public boolean isQuiet() {
    return users.values().stream().allMatch(this::isDone);
  }

  /** All that was observed, with the history of every channel as it reads now. Blocks. */
  public Recording recording() {
    Map<RoomId, RoomHistory> histories = new HashMap<>();
    for (RoomId room : rooms) {
      histories.put(
          room,
          HistoryPages.history(
              room, get(accounts.get(0).history(room)), entry -> Envelope.words(entry.body())));
    }
    return new Recording(
        users.values().stream().map(SocketUser::seat).toList(),
        histories,
        List.of(),
        List.of(),
        true);
  }
}
