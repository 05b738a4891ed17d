package dev.zamok.crypto.chain;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Hash;
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
}
