package dev.zamok.client.key;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.cache.RoomCache;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.RoomPins;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The membership log of one sealed room: fetched, verified from the start, compared with what was
 * seen before, and followed. Belongs to the client's loop.
 *
 * <p>Fails with {@code CHAIN_ALARM} when the authority shows a chain that is shorter than the
 * pinned one or differs from it, with {@code TAMPERED} when a statement does not verify.
 */
public final class ChainKeeper {
  private final RoomId room;
  private final Source source;
  private final Directory directory;
  private final Loop loop;
  private final RoomPins pins;
  private final @Nullable KeptChain kept;
  private final Map<Hash, Integer> indices = new HashMap<>();
  private final List<Runnable> changed = new ArrayList<>();
  private @Nullable RoomChain chain;
  private @Nullable CompletableFuture<RoomChain> running;
  private @Nullable CompletableFuture<RoomChain> next;
  private @Nullable ClientProblem alarm;

  /** Where statements come from. */
  public interface Source {
    /** At most {@value SessionApi#STATEMENTS_PER_PAGE_MAX}. */
    CompletableFuture<Answers.Statements> statements(int from);
  }

  /**
   * @param cache of what is kept between runs; null for nothing
   */
  public ChainKeeper(
      RoomId room,
      Source source,
      Directory directory,
      Loop loop,
      RoomPins pins,
      @Nullable RoomCache cache) {
    this.room = room;
    this.source = source;
    this.directory = directory;
    this.loop = loop;
    this.pins = pins;
    this.kept = cache == null ? null : new KeptChain(room, directory, loop, cache);
  }

  public RoomId room() {
    return room;
  }

  /** Called whenever the chain has grown, whoever asked for it. */
  public void onChange(Runnable listener) {
    changed.add(listener);
  }

  /**
   * What is verified and compared with the pin; null before the first {@link #sync}. After an alarm
   * it is what was believed before.
   */
  public @Nullable RoomChain chain() {
    return chain;
  }

  /** The index of the statement with that hash, or -1. */
  public int indexOf(Hash statement) {
    return indices.getOrDefault(statement, -1);
  }

  /**
   * The chain with everything the authority has now. A request that is under way may have been
   * answered before what the caller knows of, such as a rekey that names a newer statement: all who
   * ask meanwhile share the one after it.
   */
  public CompletableFuture<RoomChain> sync() {
    CompletableFuture<RoomChain> waiting = next;
    if (waiting != null) {
      // Not begun yet, even if what it waits for has just ended: never two at a time.
      return waiting;
    }
    CompletableFuture<RoomChain> current = running;
    if (current == null || current.isDone()) {
      return start();
    }
    CompletableFuture<RoomChain> after =
        current
            .handle((done, failure) -> done)
            .thenCompose(
                done -> {
                  next = null;
                  return start();
                });
    next = after;
    return after;
  }

  private CompletableFuture<RoomChain> start() {
    CompletableFuture<RoomChain> started =
        alarm == null ? fetch() : CompletableFuture.failedFuture(alarm);
    CompletableFuture<RoomChain> guarded =
        started.whenComplete(
            (done, failure) -> {
              // An alarm stays: nothing more that is shown of this chain is believed.
              if (failure != null && ClientProblem.in(failure).isLoud()) {
                alarm = ClientProblem.in(failure);
              }
            });
    running = guarded;
    return guarded;
  }

  /**
   * All statements of the chain as it is now, in order: asked for again, and compared with what was
   * verified. For rooms of many statements that is much.
   */
  public CompletableFuture<List<Statement>> statements() {
    List<Statement> all = new ArrayList<>();
    return sync().thenCompose(chain -> again(chain.head().index() + 1, all));
  }

  private CompletableFuture<List<Statement>> again(int length, List<Statement> all) {
    return source
        .statements(all.size())
        .thenCompose(
            page -> {
              for (Bytes encoded : page.statements()) {
                Statement statement = ChainGrowth.parse(encoded);
                if (all.size() < length) {
                  if (indexOf(statement.hash()) != all.size()) {
                    throw ClientProblem.of(
                        Kind.CHAIN_ALARM, "the membership log differs from the one seen before");
                  }
                  all.add(statement);
                }
              }
              if (page.statements().isEmpty() && all.size() < length) {
                throw ClientProblem.of(
                    Kind.CHAIN_ALARM, "the membership log is shorter than before");
              }
              return all.size() < length
                  ? again(length, all)
                  : CompletableFuture.completedFuture(all);
            });
  }

  /**
   * A page of the statements that were verified, from that index on; empty at their end. Asked for
   * again, and compared.
   */
  public CompletableFuture<List<Statement>> statements(int from) {
    int length = length();
    return from >= length
        ? CompletableFuture.completedFuture(List.of())
        : source.statements(from).thenApply(page -> same(page, from, length));
  }

  private List<Statement> same(Answers.Statements page, int from, int length) {
    List<Statement> same = new ArrayList<>();
    for (Bytes encoded : page.statements()) {
      if (from + same.size() == length) {
        break;
      }
      Statement statement = ChainGrowth.parse(encoded);
      if (indexOf(statement.hash()) != from + same.size()) {
        throw ClientProblem.of(
            Kind.CHAIN_ALARM, "the membership log differs from the one seen before");
      }
      same.add(statement);
    }
    if (same.isEmpty()) {
      throw ClientProblem.of(Kind.CHAIN_ALARM, "the membership log is shorter than before");
    }
    return same;
  }

  /** The chain with at least so many statements, asking only when it has fewer. */
  public CompletableFuture<RoomChain> atLeast(int length) {
    RoomChain current = chain();
    return current != null && length() >= length
        ? CompletableFuture.completedFuture(current)
        : sync();
  }

  /** A copy on which to try out what is to be proposed. */
  public RoomChain copy() {
    RoomChain current = chain;
    if (current == null) {
      throw new IllegalStateException("chain that is not there yet");
    }
    return current.copy();
  }

  /** The length of the verified chain. */
  private int length() {
    return indices.size();
  }

  private CompletableFuture<RoomChain> fetch() {
    KeptChain before = kept;
    CompletableFuture<@Nullable ChainGrowth> restored =
        before == null || chain != null
            ? CompletableFuture.completedFuture(null)
            : before.restored();
    return restored.thenCompose(
        growth ->
            fetch(
                growth == null ? new ChainGrowth(room, directory, loop, chain, length()) : growth));
  }

  private CompletableFuture<RoomChain> fetch(ChainGrowth shown) {
    return fetch(shown, source.statements(shown.length()));
  }

  private CompletableFuture<RoomChain> fetch(
      ChainGrowth shown, CompletableFuture<Answers.Statements> asked) {
    int from = shown.length();
    return asked.thenCompose(
        page -> {
          // The next page comes while this one is verified.
          int then = from + page.statements().size();
          boolean more = then > from && then < page.length();
          CompletableFuture<Answers.Statements> following =
              more ? source.statements(then) : CompletableFuture.completedFuture(page);
          return shown
              .add(page.statements())
              .thenCompose(
                  any -> {
                    if (any && shown.length() == from) {
                      // It would say the same again for as long as it is asked.
                      throw ClientProblem.tampered("the server repeats statements");
                    }
                    if (shown.length() >= page.length() || !any) {
                      return shown
                          .proven()
                          .thenApply(longer -> checked(shown, longer, page.length()));
                    }
                    return more && shown.length() == then ? fetch(shown, following) : fetch(shown);
                  });
        });
  }

  private RoomChain checked(ChainGrowth shown, @Nullable RoomChain longer, int length) {
    if (longer == null || length < shown.length()) {
      throw ClientProblem.of(Kind.CHAIN_ALARM, "the membership log is shorter than before");
    }
    ChainHead pin = pins.chain();
    if (pin != null && !longer.matchesPin(pin)) {
      throw ClientProblem.of(
          Kind.CHAIN_ALARM, "the membership log differs from the one seen before");
    }
    RoomChain current = chain;
    if (current != null && shown.statements().isEmpty()) {
      return current;
    }
    chain = longer;
    shown.statements().forEach(statement -> indices.put(statement.hash(), indices.size()));
    KeptChain keeping = kept;
    if (keeping != null) {
      keeping.add(shown.statements(), longer.head());
    }
    pins.pinChain(longer.head());
    changed.forEach(Runnable::run);
    return longer;
  }
}
