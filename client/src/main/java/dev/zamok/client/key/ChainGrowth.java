package dev.zamok.client.key;

import dev.zamok.client.contact.Directory;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.crypto.chain.ChainFault;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What an authority shows beyond a verified chain, page by page: taken over only when all of it is
 * good. The chain it began with stays as it is. Belongs to the client's loop; signatures are
 * verified aside, those of one page while the next one comes.
 *
 * <p>Fails with {@code CHAIN_ALARM} for a fork or the chain of another room, with {@code TAMPERED}
 * for a statement that does not verify.
 */
final class ChainGrowth {
  private final RoomId room;
  private final Directory directory;
  private final Loop loop;
  private final int before;
  private final List<Statement> statements = new ArrayList<>();
  private @Nullable RoomChain chain;
  private CompletableFuture<Void> proven = CompletableFuture.completedFuture(null);

  /**
   * @param chain null where nothing is verified yet
   * @param length of that chain
   */
  ChainGrowth(RoomId room, Directory directory, Loop loop, @Nullable RoomChain chain, int length) {
    this.room = room;
    this.directory = directory;
    this.loop = loop;
    this.chain = chain;
    this.before = length;
  }

  /**
   * One that begins with what earlier runs verified.
   *
   * @param replayed a chain of exactly these statements
   */
  static CompletableFuture<ChainGrowth> replayed(
      RoomId room, Directory directory, Loop loop, RoomChain replayed, List<Statement> statements) {
    ChainGrowth growth = new ChainGrowth(room, directory, loop, replayed, 0);
    growth.statements.addAll(statements);
    Set<Fingerprint> needed = new LinkedHashSet<>();
    statements.forEach(statement -> need(replayed, statement, needed));
    return directory.load(needed).thenApply(loaded -> growth);
  }

  /** Of the chain with what came since. */
  int length() {
    return before + statements.size();
  }

  /** What came since, in order. */
  List<Statement> statements() {
    return statements;
  }

  /** The chain, when every signature is verified; null before the first statement. */
  CompletableFuture<@Nullable RoomChain> proven() {
    return proven.thenApply(done -> chain);
  }

  /**
   * Takes in what is new of a page; yields whether the page had anything, when what came before it
   * is verified.
   */
  CompletableFuture<Boolean> add(List<Bytes> page) {
    List<Statement> parsed = new ArrayList<>();
    Set<Fingerprint> needed = new LinkedHashSet<>();
    for (Bytes encoded : page) {
      Statement statement = parse(encoded);
      parsed.add(statement);
      need(chain, statement, needed);
    }
    return directory
        .load(needed)
        .thenCompose(
            loaded -> {
              CompletableFuture<Void> earlier = proven;
              append(parsed);
              return earlier.thenApply(done -> !parsed.isEmpty());
            });
  }

  /** Cards of people; those of groups are in the chain. */
  static void need(@Nullable RoomChain known, Statement statement, Set<Fingerprint> needed) {
    if (known == null || known.group(statement.author()) == null) {
      needed.add(statement.author());
    }
    if (statement.op() instanceof ChainOp.Member member) {
      needed.add(member.member());
    }
  }

  private void append(List<Statement> page) {
    int known = length();
    List<Statement> fresh = page.stream().filter(one -> one.index() >= known).toList();
    if (fresh.isEmpty()) {
      return;
    }
    try {
      RoomChain current = writable();
      if (current == null) {
        RoomChain started = start(fresh.get(0));
        prove(started.appendUnverified(fresh.subList(1, fresh.size()), directory));
        chain = started;
      } else {
        prove(current.appendUnverified(fresh, directory));
      }
    } catch (ChainException e) {
      throw broken(e);
    } catch (CryptoFailure e) {
      throw unsigned();
    }
    statements.addAll(fresh);
  }

  private void prove(List<RoomChain.Unverified> page) {
    CompletableFuture<Void> earlier = proven;
    proven =
        Futures.aside(
                loop,
                page,
                one -> {
                  one.verify();
                  return one;
                })
            .handle(
                (all, failure) -> {
                  if (failure == null) {
                    return null;
                  }
                  throw ClientProblem.unwrap(failure) instanceof CryptoFailure
                      ? unsigned()
                      : ClientProblem.in(failure);
                })
            .thenCompose(done -> earlier);
  }

  private static ClientProblem unsigned() {
    return ClientProblem.tampered("a statement of the chain does not verify");
  }

  /** The chain to be extended, a copy of the one that holds. */
  private @Nullable RoomChain writable() {
    RoomChain current = chain;
    if (current != null && statements.isEmpty()) {
      chain = current.copy();
    }
    return chain;
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

  static Statement parse(Bytes encoded) {
    try {
      return Statement.parse(encoded);
    } catch (MalformedException e) {
      throw ClientProblem.tampered("a statement of the chain breaks its format");
    } catch (ChainException e) {
      throw broken(e);
    }
  }

  private static ClientProblem broken(ChainException e) {
    return e.fault() == ChainFault.FORK
        ? ClientProblem.of(Kind.CHAIN_ALARM, "the membership log continues differently")
        : ClientProblem.tampered("the membership log holds what it must not: " + e.getMessage());
  }
}
