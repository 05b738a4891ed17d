package dev.zamok.client.room;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.crypto.chain.ChainFault;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.GroupKeys;
import dev.zamok.crypto.room.RoomInfo;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An extension of a chain in the making: statements that follow each other, with the secret, the
 * wraps and the name that belong to them. Nothing of it holds until the authority has taken it.
 */
final class Draft {
  private final RoomChain chain;
  private final Cards cards;
  private final Identity self;
  private final SecureRandom random;
  private final long timeMillis;
  private final List<Bytes> statements = new ArrayList<>();
  private final List<SessionApi.NewWrap> wraps = new ArrayList<>();
  private @Nullable RoomSecret secret;
  private @Nullable Bytes info;

  /**
   * A draft without statements.
   *
   * @param chain a copy that this draft may extend
   * @param secret of its newest generation, null when there is none
   */
  Draft(RoomChain chain, Cards cards, Signer signer, @Nullable RoomSecret secret) {
    this.chain = chain;
    this.cards = cards;
    this.self = signer.self();
    this.random = signer.random();
    this.timeMillis = signer.timeMillis();
    this.secret = secret;
  }

  /** Who signs, and when. */
  record Signer(Identity self, SecureRandom random, long timeMillis) {}

  /** A new room, with its first statement. */
  static Draft room(ChainOp.Create create, Cards cards, Signer signer) {
    Statement first = Statement.create(create, signer.timeMillis(), signer.self());
    RoomChain chain = RoomChain.start(first, signer.self().card());
    Draft draft = new Draft(chain, cards, signer, null);
    draft.statements.add(first.encoded());
    return draft;
  }

  RoomChain chain() {
    return chain;
  }

  /** Null for who has none: a steward. */
  @Nullable RoomSecret secretIfAny() {
    return secret;
  }

  /** The newest secret, this draft's own if it makes one. */
  RoomSecret secret() {
    RoomSecret newest = secret;
    if (newest == null) {
      throw new IllegalStateException("room without a secret");
    }
    return newest;
  }

  boolean isEmpty() {
    return statements.isEmpty() && info == null;
  }

  SessionApi.Extension extension() {
    return new SessionApi.Extension(List.copyOf(statements), List.copyOf(wraps), info);
  }

  /** Fails with {@code NOT_ALLOWED} when this member may not, or the room allows it to nobody. */
  Statement propose(ChainOp op) {
    try {
      Statement statement = chain.propose(op, timeMillis, self);
      chain.append(statement, cards);
      statements.add(statement.encoded());
      return statement;
    } catch (ChainException e) {
      String text =
          e.fault() == ChainFault.BROKEN_RULE
              ? "the room does not allow this"
              : "this member may not do that";
      throw ClientProblem.of(Kind.NOT_ALLOWED, text);
    }
  }

  /**
   * Makes the next secret and wraps it for all who may read.
   *
   * @param name sealed anew under it, null for none
   */
  void generation(@Nullable RoomInfo name) {
    RoomSecret before = secret;
    int g = chain.generation() + 1;
    RoomSecret made = RoomSecret.random(chain.roomId(), g, random);
    Bytes link =
        before != null && chain.history() == History.FULL
            ? made.prevLink(before, random)
            : Bytes.EMPTY;
    Statement statement = propose(new ChainOp.Generation(g, made.commit(), link));
    secret = made;
    if (chain.kind() == RoomKind.GROUP) {
      propose(ChainOp.GroupCard.of(GroupKeys.of(made).card()));
    }
    for (ChainMember member : chain.members()) {
      if (member.role().atLeast(Role.READER)) {
        wrap(made, statement.hash(), member.fingerprint());
      }
    }
    if (name != null) {
      name(name.version() + 1, name.name());
    }
  }

  /** Hands the newest secret to one member. */
  void wrapFor(Fingerprint member) {
    var generation = chain.generation(chain.generation());
    if (generation == null) {
      throw new IllegalStateException("room without a secret");
    }
    wrap(secret(), generation.statement(), member);
  }

  void name(int version, String name) {
    info = RoomInfo.seal(secret(), version, name, self, random);
  }

  MemberTag newTag() {
    while (true) {
      MemberTag tag = new MemberTag(random.nextLong());
      if (!tag.equals(MemberTag.NONE) && chain.byTag(tag) == null) {
        return tag;
      }
    }
  }

  private void wrap(RoomSecret made, Hash statement, Fingerprint member) {
    Card card = chain.cards(cards).byFingerprint(member);
    if (card == null) {
      throw ClientProblem.tampered("the card of a member is not served");
    }
    Bytes wrap = Wrap.seal(made, statement, card, self, random);
    wraps.add(new SessionApi.NewWrap(made.g(), member, wrap));
  }
}
