package dev.zamok.load.bench.safe;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.authority.SessionApi.Extension;
import dev.zamok.client.authority.SessionApi.NewWrap;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.load.bench.Bench;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A safe with many members from the start, made of statements as a client makes them. */
final class Crowd {
  private static final int PER_REQUEST = 150;

  private final Identity maker;
  private final SessionApi authority;
  private final SecureRandom random = new SecureRandom();
  private final List<Bytes> statements = new ArrayList<>();
  private final List<NewWrap> wraps = new ArrayList<>();

  Crowd(Identity maker, SessionApi authority) {
    this.maker = maker;
    this.authority = authority;
  }

  /** With {@code owner} as another owner, and readers. */
  RoomId make(Card owner, List<Card> readers) {
    byte[] nonce = new byte[ChainOp.Create.NONCE_SIZE];
    random.nextBytes(nonce);
    ChainOp.Create create =
        new ChainOp.Create(
            RoomKind.SAFE, History.FULL, tag(), ChainOp.NO_PARENT, Bytes.wrap(nonce));
    Statement first = Statement.create(create, System.currentTimeMillis(), maker);
    RoomChain chain = RoomChain.start(first, maker.card());
    statements.add(first.encoded());
    RoomSecret secret = RoomSecret.random(chain.roomId(), 1, random);
    Hash generation = add(chain, new ChainOp.Generation(1, secret.commit(), Bytes.EMPTY)).hash();
    wrap(secret, generation, maker.card());
    add(chain, new ChainOp.Member(owner.fingerprint(), Role.OWNER, tag()));
    wrap(secret, generation, owner);
    Bench.wait(authority.createSealed(RoomKind.SAFE, History.FULL, extension()));
    for (Card reader : readers) {
      add(chain, new ChainOp.Member(reader.fingerprint(), Role.READER, tag()));
      wrap(secret, generation, reader);
      if (statements.size() == PER_REQUEST) {
        Bench.wait(authority.extend(chain.roomId(), extension()));
      }
    }
    if (!statements.isEmpty()) {
      Bench.wait(authority.extend(chain.roomId(), extension()));
    }
    return chain.roomId();
  }

  private Statement add(RoomChain chain, ChainOp op) {
    Statement statement = chain.propose(op, System.currentTimeMillis(), maker);
    chain.append(statement, fingerprint -> maker.card());
    statements.add(statement.encoded());
    return statement;
  }

  private void wrap(RoomSecret secret, Hash generation, Card to) {
    Bytes wrap = Wrap.seal(secret, generation, to, maker, random);
    wraps.add(new NewWrap(secret.g(), to.fingerprint(), wrap));
  }

  private Extension extension() {
    Extension extension = new Extension(List.copyOf(statements), List.copyOf(wraps), null);
    statements.clear();
    wraps.clear();
    return extension;
  }

  private MemberTag tag() {
    // Zero is no tag, and comes once in 2^64.
    return new MemberTag(random.nextLong() | 1);
  }
}
