package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.key.RoomKeys;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomWarning.Kind;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of history. The authority could leave entries out, repeat messages or bring some
 * under closed keys: each entry names the one before it, and whatever breaks this chain or the
 * order of epochs, within a page or between two pages, is reported. What is wrong with a page that
 * was shown already is told with the next one.
 */
final class HistoryReader {
  static final int PAGES_LINKED_MAX = 256;
  static final int SHOWN_MAX = 4_096;

  private final HistorySource history;
  private final RoomKeys keys;
  private final Opener opener;
  private final Supplier<Position> newest;

  /** First position of a page → what must hold for the page before it. */
  private final Map<Position, Link> links = new HashMap<>();

  /** Messages that were shown, and where: the oldest is the real one. */
  private final Map<MessageKey, Position> shown =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageKey, Position> eldest) {
          return size() > SHOWN_MAX;
        }
      };

  private record MessageKey(MemberTag tag, MessageId id) {}

  /**
   * What follows a page.
   *
   * @param previous the position before, as the first entry says
   * @param lowest epoch of the messages from there on
   */
  private record Link(Position previous, int lowest) {}

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
              Link after = before == null ? null : links.get(before);
              return loadKeys(page.entries()).thenCompose(ready -> open(page, after, warnings));
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
    Link after = before == null ? null : links.get(before);
    Position linked = after == null ? null : after.previous();
    Position expected = before == null ? newest.get() : linked;
    Position end = entries.isEmpty() ? Position.ZERO : entries.get(entries.size() - 1).position();
    if (expected != null && expected.isAfter(end)) {
      warnings.add(missing(expected));
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
      Answers.HistoryPage page, @Nullable Link after, List<RoomWarning> warnings) {
    Page opened = new Page(warnings, after == null ? Integer.MAX_VALUE : after.lowest());
    return Futures.each(page.entries(), opened::take)
        .thenApply(
            done -> {
              if (after != null && opened.floor > after.lowest()) {
                Position last = page.entries().get(page.entries().size() - 1).position();
                warnings.add(refused(last, "messages after this one are under a closed key"));
              }
              link(page, opened.lowest);
              return new HistoryView(opened.messages, warnings, before(page));
            });
  }

  private void link(Answers.HistoryPage page, int lowest) {
    if (!page.entries().isEmpty()) {
      if (links.size() >= PAGES_LINKED_MAX) {
        links.clear();
      }
      Entry first = page.entries().get(0);
      links.put(first.position(), new Link(first.previous(), lowest));
    }
  }

  private static RoomWarning refused(Position at, String text) {
    return new RoomWarning(Kind.REFUSED, at, text);
  }

  /** The messages of one page, as they are opened. */
  private final class Page {
    final List<RoomMessage> messages = new ArrayList<>();
    private final List<RoomWarning> warnings;
    private final Set<MessageKey> ids = new HashSet<>();

    /** No message after an entry of this page may be of a lower epoch. */
    private int floor;

    /** The lowest epoch of a message here or after. */
    private int lowest;

    Page(List<RoomWarning> warnings, int lowest) {
      this.warnings = warnings;
      this.lowest = lowest;
    }

    CompletableFuture<Void> take(Entry entry) {
      RoomKeys.Live key = key(entry.epoch());
      floor = Math.max(floor, lowestAfter(entry.epoch(), key));
      MessageKey id = new MessageKey(entry.tag(), entry.id());
      if (entry.kind() != EntryKind.MESSAGE || ids.contains(id)) {
        return CompletableFuture.completedFuture(null);
      }
      if (entry.epoch() < floor) {
        warnings.add(refused(entry.position(), "a message under a key that was closed"));
        return CompletableFuture.completedFuture(null);
      }
      return opener.message(entry, key).thenAccept(opened -> opened(entry, id, opened));
    }

    private void opened(Entry entry, MessageKey id, Opener.Opened opened) {
      RoomMessage message = opened.message();
      RoomWarning warning = opened.warning();
      if (warning != null) {
        warnings.add(warning);
      }
      if (message == null) {
        return;
      }
      ids.add(id);
      messages.add(message);
      lowest = Math.min(lowest, entry.epoch());
      Position later = shown.put(id, entry.position());
      if (later != null && later.isAfter(entry.position())) {
        warnings.add(refused(later, "a message that was sent before"));
      }
    }
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
