package dev.zamok.authority.room;

import dev.zamok.authority.TestMember;
import dev.zamok.crypto.Context;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;

/** Statements that no honest client makes, byte by byte. */
final class Forgery {
  private static final int REMOVE = 2;

  private Forgery() {}

  /** A removal at the head of the chain, rightly signed by somebody who has no right to it. */
  static Bytes removal(RoomChain chain, TestMember by, TestMember victim) {
    Bytes signed =
        Context.of("chain")
            .room(chain.roomId())
            .u32(chain.head().index() + 1)
            .hash(chain.head().hash())
            .bytes(by.fingerprint().bytes())
            .u64(1)
            .u8(REMOVE)
            .sized(victim.fingerprint().bytes())
            .toBytes();
    Bytes signature = by.identity().sign(signed);
    return new ByteWriter(512).bytes(signed).bytes(signature).toBytes();
  }
}
