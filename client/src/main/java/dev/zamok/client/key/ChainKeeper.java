package dev.zamok.client.key;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.cache.CachedRoom;
import dev.zamok.client.cache.RoomCache;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.RoomPins;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.crypto.chain.ChainFault;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final RoomPins pins;
  private final Map<Hash, Integer> indices = new HashMap<>();
  private @Nullable RoomChain chain;
  private final @Nullable RoomCache cache;

  /** As they came, to be kept between runs; null when nothing is kept, or they are too many. */
  private @Nullable List<Bytes> encoded;

  private @Nullable RoomId through;

  /** The length of the chain. */
  private int statements;

  private @Nullable CompletableFuture<RoomChain> running;
  private @Nullable CompletableFuture<RoomChain> next;
  private @Nullable ClientProblem alarm;

  private final List<Runnable> changed = new ArrayList<>();

  /** Where statements come from. */
  public interface Source {
    /** At most {@value SessionApi#STATEMENTS_PER_PAGE_MAX}. */
    CompletableFuture<Answers.Statements> statements(int from);
  }

  public ChainKeeper(RoomId room, SessionApi authority, Directory directory, RoomPins pins) {
    this(room, authority, directory, pins, null);
  }

  /** As {@link #ChainKeeper(RoomId, SessionApi, Directory, RoomPins)}, begun with a cache. */
  public ChainKeeper(
      RoomId room,
      SessionApi authority,
      Directory directory,
      RoomPins pins,
      @Nullable RoomCache cache) {
    this.cache = cache;
    this.encoded = cache == null ? null : new ArrayList<>();
    this.room = room;
    this.source = from -> authority.statements(room, from, through);
    this.directory = directory;
    this.pins = pins;
    if (cache != null) {
      cache.keep(new Kept());
    }
  }

  /** For somebody who is not in the room yet. */
  public ChainKeeper(RoomId room, Source source, Directory directory, RoomPins pins) {
    this.cache = null;
    this.encoded = null;
    this.room = room;
    this.source = source;
    this.directory = directory;
    this.pins = pins;
  }

  /** Of a group: where the account meets it, should it not be in it itself. */
  void through(RoomId met) {
    through = met;
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
                Statement statement = parse(encoded);
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

  /** The chain with at least so many statements, asking only when it has fewer. */
  public CompletableFuture<RoomChain> atLeast(int length) {
    RoomChain current = chain();
    return current != null && statements >= length
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

  /** What the authority showed beyond the chain: taken over only when all of it is good. */
  private static final class Extension {
    final List<Statement> statements = new ArrayList<>();
    @Nullable RoomChain chain;

    Extension(@Nullable RoomChain chain) {
      this.chain = chain;
    }

    /** The chain to be extended, a copy of the one that holds. */
    @Nullable RoomChain writable() {
      RoomChain current = chain;
      if (current != null && statements.isEmpty()) {
        chain = current.copy();
      }
      return chain;
    }
  }

  /** What is to be found in the cache of the next run. */
  private final class Kept implements RoomCache.Chain {
    @Override
    public @Nullable List<Bytes> statements() {
      return chain == null ? null : encoded;
    }

    @Override
    public ChainHead head() {
      RoomChain current = chain;
      return current == null ? ChainHead.NONE : current.head();
    }
  }

  private CompletableFuture<RoomChain> fetch() {
    RoomCache kept = cache;
    CachedRoom before = kept == null || chain != null ? null : kept.load();
    if (kept == null || before == null) {
      return fetch(new Extension(chain));
    }
    return restore(kept, before).thenCompose(shown -> fetch(shown));
  }

  /**
   * What earlier runs verified, not yet compared with the pin. What does not hold is not used:
   * everything is verified from the start then.
   */
  private CompletableFuture<Extension> restore(RoomCache kept, CachedRoom before) {
    Extension shown = new Extension(null);
    try {
      for (Bytes each : before.statements()) {
        shown.statements.add(Statement.parse(each));
      }
      shown.chain = RoomChain.replay(shown.statements, before.head());
    } catch (MalformedException | ChainException | CryptoFailure e) {
      shown.chain = null;
    }
    if (shown.chain == null || !shown.chain.roomId().equals(room)) {
      kept.refuse();
      return CompletableFuture.completedFuture(new Extension(null));
    }
    Set<Fingerprint> needed = new LinkedHashSet<>();
    RoomChain replayed = shown.chain;
    shown.statements.forEach(statement -> need(replayed, statement, needed));
    return directory.load(needed).thenApply(loaded -> shown);
  }

  private void count(Statement statement) {
    indices.put(statement.hash(), statements++);
    List<Bytes> kept = encoded;
    if (kept != null) {
      kept.add(statement.encoded());
      encoded = statements > CachedRoom.STATEMENTS_MAX ? null : kept;
    }
  }

  /** Cards of people; those of groups are in the chain. */
  private static void need(
      @Nullable RoomChain known, Statement statement, Set<Fingerprint> needed) {
    if (known == null || known.group(statement.author()) == null) {
      needed.add(statement.author());
    }
    if (statement.op() instanceof ChainOp.Member member) {
      needed.add(member.member());
    }
  }

  private CompletableFuture<RoomChain> fetch(Extension shown) {
    return fetch(shown, source.statements(statements + shown.statements.size()));
  }

  private CompletableFuture<RoomChain> fetch(
      Extension shown, CompletableFuture<Answers.Statements> asked) {
    int from = statements + shown.statements.size();
    return asked.thenCompose(
        page -> {
          // The next page comes while this one is verified.
          int then = from + page.statements().size();
          boolean more = then > from && then < page.length();
          CompletableFuture<Answers.Statements> next =
              more ? source.statements(then) : CompletableFuture.completedFuture(page);
          return learn(page)
              .thenCompose(
                  parsed -> {
                    append(shown, parsed);
                    int length = statements + shown.statements.size();
                    if (!parsed.isEmpty() && length == from) {
                      // It would say the same again for as long as it is asked.
                      throw ClientProblem.tampered("the server repeats statements");
                    }
                    if (length >= page.length() || parsed.isEmpty()) {
                      return CompletableFuture.completedFuture(checked(shown, page.length()));
                    }
                    return more && length == then ? fetch(shown, next) : fetch(shown);
                  });
        });
  }

  /** Parses a page and learns the cards it needs. */
  private CompletableFuture<List<Statement>> learn(Answers.Statements page) {
    List<Statement> parsed = new ArrayList<>();
    Set<Fingerprint> needed = new LinkedHashSet<>();
    for (Bytes encoded : page.statements()) {
      Statement statement = parse(encoded);
      parsed.add(statement);
      need(chain, statement, needed);
    }
    return directory.load(needed).thenApply(loaded -> parsed);
  }

  private static Statement parse(Bytes encoded) {
    try {
      return Statement.parse(encoded);
    } catch (MalformedException e) {
      throw ClientProblem.tampered("a statement of the chain breaks its format");
    } catch (ChainException e) {
      throw broken(e);
    }
  }

  private void append(Extension shown, List<Statement> page) {
    int known = statements + shown.statements.size();
    List<Statement> fresh = page.stream().filter(one -> one.index() >= known).toList();
    if (fresh.isEmpty()) {
      return;
    }
    try {
      RoomChain current = shown.writable();
      if (current == null) {
        RoomChain started = start(fresh.get(0));
        started.appendAll(fresh.subList(1, fresh.size()), directory);
        shown.chain = started;
      } else {
        current.appendAll(fresh, directory);
      }
    } catch (ChainException e) {
      throw broken(e);
    } catch (CryptoFailure e) {
      throw ClientProblem.tampered("a statement of the chain does not verify");
    }
    shown.statements.addAll(fresh);
  }

  private RoomChain start(Statement first) {
    Card author = directory.byFingerprint(first.author());
    if (author == null || first.index() != 0) {
      throw ClientProblem.tampered("a chain without a beginning");
    }
    RoomChain started = RoomChain.start(first, author);
    if (!started.roomId().equals(room)) {
      throw ClientProblem.of(Kind.CHAIN_ALARM, "the chain of another room");
    }
    return started;
  }

  private RoomChain checked(Extension shown, int length) {
    RoomChain longer = shown.chain;
    if (longer == null || length < statements + shown.statements.size()) {
      throw ClientProblem.of(Kind.CHAIN_ALARM, "the membership log is shorter than before");
    }
    ChainHead pin = pins.chain();
    if (pin != null && !longer.matchesPin(pin)) {
      throw ClientProblem.of(
          Kind.CHAIN_ALARM, "the membership log differs from the one seen before");
    }
    RoomChain current = chain;
    if (current != null && shown.statements.isEmpty()) {
      return current;
    }
    chain = longer;
    shown.statements.forEach(this::count);
    pins.pinChain(longer.head());
    changed.forEach(Runnable::run);
    return longer;
  }

  private static ClientProblem broken(ChainException e) {
    return e.fault() == ChainFault.FORK
        ? ClientProblem.of(Kind.CHAIN_ALARM, "the membership log continues differently")
        : ClientProblem.tampered("the membership log holds what it must not: " + e.getMessage());
  }
}
