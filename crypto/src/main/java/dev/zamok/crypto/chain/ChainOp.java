package dev.zamok.crypto.chain;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;

/** What a statement does. The byte layouts are in {@link ChainOpCodec}. */
public sealed interface ChainOp {
  /** Stands where a room has no parent. */
  RoomId NO_PARENT = new RoomId(0, 0);

  int code();

  <T> T accept(Visitor<T> visitor);

  /** One method per operation, so that a new one breaks the build wherever it is not handled. */
  interface Visitor<T> {
    T create(Create op);

    T member(Member op);

    T remove(Remove op);

    T generation(Generation op);

    T item(Item op);

    T invite(Invite op);

    T accept(Accept op);

    T child(Child op);

    T parent(Parent op);

    T groupCard(GroupCard op);

    T groupMember(GroupMember op);
  }

  /**
   * Starts the room; its author becomes the owner under {@code tag}.
   *
   * @param parent of a folder; {@link #NO_PARENT} for every other kind
   * @param nonce 16 random bytes, so that no two rooms have one id
   */
  record Create(RoomKind kind, History history, MemberTag tag, RoomId parent, Bytes nonce)
      implements ChainOp {
    static final int CODE = 0;
    public static final int NONCE_SIZE = 16;

    public Create {
      if (nonce.size() != NONCE_SIZE) {
        throw new MalformedException("nonce of " + nonce.size() + " bytes");
      }
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.create(this);
    }
  }

  /** Adds a member or changes its role. By an admin. */
  record Member(Fingerprint member, Role role, MemberTag tag) implements ChainOp {
    static final int CODE = 1;

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.member(this);
    }
  }

  /** Ends a membership. By an admin or by the member. */
  record Remove(Fingerprint member) implements ChainOp {
    static final int CODE = 2;

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.remove(this);
    }
  }

  /**
   * A new room secret.
   *
   * @param commit to the secret
   * @param prevLink the secret before it, sealed under the new one; empty unless the room has full
   *     history and this is not its first generation
   */
  record Generation(int g, Hash commit, Bytes prevLink) implements ChainOp {
    static final int CODE = 3;

    /** A sealed secret of 32 bytes. */
    public static final int PREV_LINK_SIZE = 32 + Seal01.OVERHEAD_BYTES;

    public Generation {
      if (g < 1) {
        throw new MalformedException("generation " + g);
      }
      if (!prevLink.isEmpty() && prevLink.size() != PREV_LINK_SIZE) {
        throw new MalformedException("link of " + prevLink.size() + " bytes");
      }
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.generation(this);
    }
  }

  /**
   * A new version of an item. By a writer.
   *
   * @param version 1 for the first, then one more each time
   * @param recordHash of the sealed record; zero when the item is removed
   */
  record Item(ItemId item, int version, ItemAct act, Hash recordHash) implements ChainOp {
    static final int CODE = 4;

    public Item {
      if (version < 1 || (act == ItemAct.REMOVE) != recordHash.isZero()) {
        throw new MalformedException("item with a wrong version or hash");
      }
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.item(this);
    }
  }

  /**
   * Lets whoever holds the private part of {@code key} join once. By an admin.
   *
   * @param role {@link Role#NONE} withdraws every open invitation of that key
   * @param expiryMillis the last moment of use, milliseconds since 1970
   */
  record Invite(VerifyKey key, Role role, long expiryMillis) implements ChainOp {
    static final int CODE = 5;

    public Invite {
      if (expiryMillis < 0) {
        throw new MalformedException("negative expiry");
      }
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.invite(this);
    }
  }

  /**
   * The author joins by an invitation.
   *
   * @param invite the index of the statement that invited
   * @param signature by the key of the invitation, see {@link #proof}
   */
  record Accept(int invite, MemberTag tag, Bytes signature) implements ChainOp {
    static final int CODE = 6;

    public Accept {
      if (signature.size() != VerifyKey.SIGNATURE_SIZE) {
        throw new MalformedException("signature of " + signature.size() + " bytes");
      }
    }

    /** Signs with the key that the code of the invitation seeds. */
    public static Accept sign(
        RoomId room, int invite, Fingerprint author, MemberTag tag, SigningKey inviteKey) {
      return new Accept(invite, tag, inviteKey.sign(proof(room, invite, author)));
    }

    /** {@code ctx("accept", room, i, F)}. */
    public static Bytes proof(RoomId room, int invite, Fingerprint author) {
      return Context.of("accept").room(room).u32(invite).bytes(author.bytes()).toBytes();
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.accept(this);
    }
  }

  /**
   * Adds a folder to a safe or a folder, or takes one from it. The other half is in the folder: it
   * names its parent when it is made, or by {@link Parent}.
   *
   * @param head of the folder's chain as the author knows it; {@link ChainHead#NONE} in a removal
   */
  record Child(RoomId folder, ChildAct act, ChainHead head) implements ChainOp {
    static final int CODE = 8;

    public Child {
      if ((act == ChildAct.REMOVE) != head.equals(ChainHead.NONE)
          || (act == ChildAct.ADD && head.hash().isZero())) {
        throw new MalformedException("folder with a wrong head");
      }
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.child(this);
    }
  }

  /**
   * Moves this folder to another parent. By an admin.
   *
   * @param parent the new one
   * @param added the statement of the new parent's chain that lists this folder
   */
  record Parent(RoomId parent, ChainHead added) implements ChainOp {
    static final int CODE = 9;

    public Parent {
      if (added.hash().isZero()) {
        throw new MalformedException("parent without a statement");
      }
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.parent(this);
    }
  }

  /**
   * Names the card of the group's newest generation, in the group's own chain. By whoever made that
   * generation, right after it.
   *
   * @param signature by the card's own key, see {@link Card}
   */
  record GroupCard(int g, VerifyKey signing, Bytes agreement, Bytes signature) implements ChainOp {
    static final int CODE = 10;

    public GroupCard {
      if (g < 1
          || agreement.size() != AgreementKey.SIZE
          || signature.size() != VerifyKey.SIGNATURE_SIZE) {
        throw new MalformedException("card of a group that has not its size");
      }
    }

    public static GroupCard of(Card card) {
      return new GroupCard(card.seq(), card.signing(), card.agreement(), card.signature());
    }

    /** Fails with {@link dev.zamok.crypto.CryptoFailure} when it is not signed by its own key. */
    public Card card(RoomId group) {
      return Card.ofGroup(group, g, signing, agreement, signature);
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.groupCard(this);
    }
  }

  /**
   * Makes a group a reader or writer, by the card of one of its generations, or changes which of
   * the two it is. By an admin.
   *
   * @param statement the hash of the statement of the group's chain that named the card
   */
  record GroupMember(RoomId group, Hash statement, GroupCard card, Role role, MemberTag tag)
      implements ChainOp {
    static final int CODE = 11;

    /** Who then acts. Fails with {@link dev.zamok.crypto.CryptoFailure}. */
    public Fingerprint member() {
      return card.card(group).fingerprint();
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.groupMember(this);
    }
  }
}
