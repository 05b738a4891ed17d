package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.crypto.chain.ChainFault;
import dev.zamok.crypto.chain.ChainGeneration;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes statements into a chain exactly as a client would, and demands what the authority needs
 * beside: current cards of newcomers, the generation that a change calls for, and its wraps.
 *
 * <p>Costs CPU: runs off the event loop. After a refusal the chain may hold some of the statements:
 * throw it away.
 */
final class ExtensionCheck {
  private final Map<Fingerprint, Person> people;
  private final int membersMax;

  /** Who may read now and could not before, by the statements of this extension. */
  private final Set<Fingerprint> newcomers = new HashSet<>();

  /** Somebody was shut out, or let in where that calls for a new secret, and none came yet. */
  private boolean generationDue;

  private boolean generationMade;

  ExtensionCheck(Map<Fingerprint, Person> people, int membersMax) {
    this.people = people;
    this.membersMax = membersMax;
  }

  /** The chain after its first statement. */
  RoomChain start(Statement first) {
    return refusing(
        () -> {
          Card author = cards().byFingerprint(first.author());
          if (author == null) {
            throw new ChainException(ChainFault.UNKNOWN_AUTHOR);
          }
          requireCurrent(first.author());
          newcomers.add(first.author());
          return RoomChain.start(first, author);
        });
  }

  /** Fails with {@link Refusal}. */
  RoomChain extend(RoomChain chain, List<Statement> statements, Extension extension) {
    int before = chain.generation();
    for (Statement statement : statements) {
      refusing(
          () -> {
            before(chain, statement);
            return chain.append(statement, cards());
          });
    }
    if (chain.members().size() > membersMax) {
      throw Refusal.because(Problem.ROOM_STATE, "at most " + membersMax + " members");
    }
    boolean anybodyReads =
        chain.members().stream().anyMatch(member -> member.role().atLeast(Role.READER));
    if (generationDue && anybodyReads) {
      throw Refusal.because(Problem.WRAP_INVALID, "this change needs a new generation with it");
    }
    checkWraps(chain, before, statements, extension.wraps());
    extension.cargo().check(chain, statements);
    return chain;
  }

  private void before(RoomChain chain, Statement statement) {
    ChainOp op = statement.op();
    Fingerprint author = statement.author();
    if (op instanceof ChainOp.Member member) {
      boolean read = chain.role(member.member()).atLeast(Role.READER);
      boolean authorReads = chain.role(author).atLeast(Role.READER);
      // What a steward says of who does not read only proposes.
      boolean reads = member.role().atLeast(Role.READER) && (read || authorReads);
      if (!read && reads) {
        newcomers.add(member.member());
      }
      if (!read && ChainSync.isThere(member.role())) {
        requireCurrent(member.member());
      }
      generationDue |= read && !reads && authorReads && !member.member().equals(author);
      generationDue |= !read && reads && chain.history() == History.FROM_JOIN;
    } else if (op instanceof ChainOp.GroupMember group) {
      if (!chain.role(group.member()).atLeast(Role.READER)) {
        newcomers.add(group.member());
        generationDue |= chain.history() == History.FROM_JOIN;
      }
    } else if (op instanceof ChainOp.Accept) {
      requireCurrent(author);
    } else if (op instanceof ChainOp.Remove remove) {
      // Who leaves by himself cannot make the secret that shuts him out: the others owe it.
      // Nor can who does not read.
      boolean byReader = !remove.member().equals(author) && chain.role(author).atLeast(Role.READER);
      generationDue |= byReader && chain.role(remove.member()).atLeast(Role.READER);
    } else if (op instanceof ChainOp.Generation) {
      generationDue = false;
      generationMade = true;
    }
  }

  private void requireCurrent(Fingerprint fingerprint) {
    Person person = people.get(fingerprint);
    if (person == null || !person.current()) {
      throw Refusal.because(Problem.CHAIN_INVALID, "a newcomer's card is not a current one");
    }
  }

  private void checkWraps(
      RoomChain chain, int before, List<Statement> statements, List<Wraps.Given> wraps) {
    Set<Fingerprint> newest = new HashSet<>();
    Set<Wraps.Given> seen = new HashSet<>();
    for (Wraps.Given given : wraps) {
      requireDue(chain, before, given);
      requireSigned(chain, statements.get(0).author(), given);
      if (!seen.add(new Wraps.Given(given.g(), given.recipient(), Bytes.EMPTY))) {
        throw Refusal.because(Problem.WRAP_INVALID, "two wraps of one generation for one member");
      }
      if (given.g() == chain.generation()) {
        newest.add(given.recipient());
      }
    }
    for (ChainMember member : chain.members()) {
      boolean needed =
          member.role().atLeast(Role.READER)
              && (generationMade || newcomers.contains(member.fingerprint()));
      if (needed && !chain.owesGeneration() && !newest.contains(member.fingerprint())) {
        throw Refusal.because(Problem.WRAP_INVALID, "a member would be left without the secret");
      }
    }
  }

  /**
   * Nobody may touch the wraps that others live by: all readers get those of a generation that this
   * extension made, and newcomers the newest one; no other wrap has a place in it.
   */
  private void requireDue(RoomChain chain, int before, Wraps.Given given) {
    if (given.g() < 1 || given.g() > chain.generation()) {
      throw Refusal.because(Problem.WRAP_INVALID, "a wrap of a generation that is not there");
    }
    if (!chain.role(given.recipient()).atLeast(Role.READER)) {
      throw Refusal.because(Problem.WRAP_INVALID, "a wrap for somebody who is not a member");
    }
    boolean made = given.g() > before;
    boolean joins = given.g() == chain.generation() && newcomers.contains(given.recipient());
    if (!made && !joins) {
      throw Refusal.because(Problem.WRAP_INVALID, "a wrap that this change does not call for");
    }
  }

  private void requireSigned(RoomChain chain, Fingerprint author, Wraps.Given given) {
    Card card = Objects.requireNonNull(cards().byFingerprint(author));
    ChainGeneration generation = Objects.requireNonNull(chain.generation(given.g()));
    try {
      Wrap.requireSignedBy(
          given.wrap(), generation.statement(), chain.roomId(), given.g(), given.recipient(), card);
    } catch (CryptoFailure e) {
      throw Refusal.because(Problem.WRAP_INVALID, CryptoFailure.MESSAGE);
    }
  }

  private Cards cards() {
    return Chains.cards(people);
  }

  private interface Step<T> {
    T take();
  }

  private static <T> T refusing(Step<T> step) {
    try {
      return step.take();
    } catch (ChainException e) {
      throw e.fault() == ChainFault.FORK
          ? Problem.CHAIN_CONFLICT.refusal()
          : Refusal.because(Problem.CHAIN_INVALID, e.fault().text());
    } catch (CryptoFailure e) {
      throw Refusal.because(Problem.CHAIN_INVALID, CryptoFailure.MESSAGE);
    } catch (MalformedException e) {
      throw Refusal.because(Problem.CHAIN_INVALID, "not a statement");
    }
  }

  /** The statements decoded. Fails with {@link Refusal}. */
  static List<Statement> parse(List<Bytes> encoded) {
    return refusing(() -> encoded.stream().map(Statement::parse).toList());
  }

  /** Whose cards are needed to check these. */
  static Set<Fingerprint> mentioned(List<Statement> statements) {
    Set<Fingerprint> all = new HashSet<>();
    for (Statement statement : statements) {
      all.add(statement.author());
      if (statement.op() instanceof ChainOp.Member member) {
        all.add(member.member());
      }
    }
    return all;
  }

  static @Nullable Fingerprint onlyAuthor(List<Statement> statements) {
    Fingerprint author = statements.get(0).author();
    return statements.stream().allMatch(s -> s.author().equals(author)) ? author : null;
  }
}
