package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.key.RoomKeys;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomWarning.Kind;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of history. The authority could leave entries out: each names the one before it, and
 * whatever breaks this chain, within a page or between two pages, is reported.
 */
final class HistoryReader {
  static final int PAGES_LINKED_MAX = 256;

  private final HistorySource history;
  private final RoomKeys keys;
  private final Opener opener;
  private final Supplier<Position> newest;

  /** First position of a page → the position before it, as that entry says. */
  private final Map<Position, Position> links = new HashMap<>();

  HistoryReader(HistorySource history, RoomKeys keys, Opener opener, Supplier<Position> newest) {
    this.history = history;
    this.keys = keys;
    this.opener = opener;
    this.newest = newest;
  }

  /**
   * The messages before a position.
   *
   * @param before null for the newest
   */
  CompletableFuture<HistoryView> page(@Nullable Position before, int limit) {
    return history
        .before(before, limit)
        .thenCompose(
            page -> {
              List<RoomWarning> warnings = new ArrayList<>();
              checkOrder(page, before, warnings);
              return loadKeys(page.entries()).thenCompose(ready -> open(page, warnings));
            });
  }

  private void checkOrder(
      Answers.HistoryPage page, @Nullable Position before, List<RoomWarning> warnings) {
    List<Entry> entries = page.entries();
    for (int i = 1; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      Position last = entries.get(i - 1).position();
      if (!entry.position().isAfter(last)) {
        throw ClientProblem.tampered("the history is out of order");
      }
      if (!entry.previous().equals(last)) {
        warnings.add(missing(entry.position()));
      }
    }
    Position expected = before == null ? newest.get() : links.get(before);
    Position end = entries.isEmpty() ? Position.ZERO : entries.get(entries.size() - 1).position();
    if (expected != null && expected.isAfter(end)) {
      warnings.add(missing(expected));
    }
    if (!entries.isEmpty()) {
      if (links.size() >= PAGES_LINKED_MAX) {
        links.clear();
      }
      links.put(entries.get(0).position(), entries.get(0).previous());
    }
  }

  private static RoomWarning missing(Position at) {
    return new RoomWarning(Kind.INCOMPLETE, at, "entries before this one are missing");
  }

  private CompletableFuture<Void> loadKeys(List<Entry> entries) {
    int from = Integer.MAX_VALUE;
    int to = 0;
    for (Entry entry : entries) {
      if (entry.kind() == EntryKind.MESSAGE && keys.live(entry.epoch()) == null) {
        from = Math.min(from, entry.epoch());
        to = Math.max(to, entry.epoch());
      }
    }
    return to == 0
        ? CompletableFuture.completedFuture(null)
        : keys.past()
            .load(from, to)
            .exceptionally(
                failure -> {
                  if (ClientProblem.is(failure, ClientProblem.Kind.NOT_ALLOWED)) {
                    return null;
                  }
                  throw ClientProblem.in(failure);
                });
  }

  private CompletableFuture<HistoryView> open(
      Answers.HistoryPage page, List<RoomWarning> warnings) {
    List<RoomMessage> messages = new ArrayList<>();
    Set<Object> ids = new HashSet<>();
    int[] floor = new int[1];
    return Futures.each(
            page.entries(),
            entry -> {
              RoomKeys.Live key = key(entry.epoch());
              floor[0] = Math.max(floor[0], lowestAfter(entry.epoch(), key));
              if (entry.kind() != EntryKind.MESSAGE || !ids.add(List.of(entry.tag(), entry.id()))) {
                return CompletableFuture.completedFuture(null);
              }
              if (entry.epoch() < floor[0]) {
                warnings.add(
                    new RoomWarning(
                        Kind.REFUSED, entry.position(), "a message under a key that was closed"));
                return CompletableFuture.completedFuture(null);
              }
              return opener
                  .message(entry, key)
                  .thenAccept(
                      opened -> {
                        RoomMessage message = opened.message();
                        RoomWarning warning = opened.warning();
                        if (message != null) {
                          messages.add(message);
                        }
                        if (warning != null) {
                          warnings.add(warning);
                        }
                      });
            })
        .thenApply(done -> new HistoryView(messages, warnings, before(page)));
  }

  private RoomKeys.@Nullable Live key(int epoch) {
    RoomKeys.Live live = keys.live(epoch);
    return live == null ? keys.past().key(epoch) : live;
  }

  /** The lowest epoch that may come after an entry of {@code epoch}. */
  private static int lowestAfter(int epoch, RoomKeys.@Nullable Live key) {
    boolean grace = key == null || key.rekey().kind() == RekeyKind.TIMED_RESET;
    return grace ? epoch - 1 : epoch;
  }

  private static Position before(Answers.HistoryPage page) {
    boolean more = page.more() && !page.entries().isEmpty();
    return more ? page.entries().get(0).position() : Position.ZERO;
  }
}
