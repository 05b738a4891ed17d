package dev.zamok.authority.room;

import dev.zamok.authority.TestMember;
import dev.zamok.crypto.Context;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;

/** Statements that no honest client makes, byte by byte. */
final class Forgery {
  private static final int REMOVE = 2;

  private Forgery() {}

  /** A removal at the head of the chain, rightly signed by somebody who has no right to it. */
  static Bytes removal(RoomChain chain, TestMember by, TestMember victim) {
    return statement(chain, by.identity(), REMOVE, victim.fingerprint().bytes());
  }

  /** Whatever there is to say at the head of the chain, signed by somebody who may not. */
  static Bytes statement(RoomChain chain, Identity by, int op, Bytes body) {
    Bytes signed =
        Context.of("chain")
            .room(chain.roomId())
            .u32(chain.head().index() + 1)
            .hash(chain.head().hash())
            .bytes(by.fingerprint().bytes())
            .u64(1)
            .u8(op)
            .sized(body)
            .toBytes();
    Bytes signature = by.sign(signed);
    return new ByteWriter(512).bytes(signed).bytes(signature).toBytes();
  }
}
