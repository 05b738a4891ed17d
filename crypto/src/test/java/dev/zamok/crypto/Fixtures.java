package dev.zamok.crypto;

import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;

/** People and rooms that are the same in every run. */
public final class Fixtures {
  public static final RoomId MANAGED = new RoomId(0x01L << 56 | 7, 8);
  public static final RoomId SEALED = new RoomId(0x02L << 56 | 9, 10);

  public static final Identity ALICE = identity("alice", 1);
  public static final Identity BOB = identity("bob", 2);
  public static final Identity CAROL = identity("carol", 3);
  public static final Identity DAVE = identity("dave", 4);

  private Fixtures() {}

  public static Identity identity(String name, long account) {
    return Keyset.generate(new SeededRandom(name)).firstIdentity(new AccountId(0, account));
  }

  public static MemberTag tag(Identity identity) {
    return MemberTag.of(Hash.of(identity.fingerprint().bytes()).bytes().slice(0, 8));
  }

  public static ChainOp.Create create(RoomKind kind, History history, Identity owner) {
    Bytes nonce = new ByteWriter().u64(42).u64(43).toBytes();
    return new ChainOp.Create(kind, history, tag(owner), ChainOp.NO_PARENT, nonce);
  }
}
