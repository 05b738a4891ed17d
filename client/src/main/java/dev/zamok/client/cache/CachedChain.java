package dev.zamok.client.cache;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What was verified of a room's chain: its statements, up to {@code head}, and the cards of the
 * people in them.
 *
 * <pre>
 * 02 ‖ head index u32 ‖ head hash 32 ‖ count u32 × L(statement) ‖ count u32 × (L(login) ‖ L(card))
 * </pre>
 */
public record CachedChain(ChainHead head, List<Bytes> statements, List<Card> cards) {
  private static final int FORMAT = 2;
  private static final int HEAD_BYTES = 64;

  /** Longer chains are not kept: reading them would take as much memory as it saves time. */
  public static final int STATEMENTS_MAX = 100_000;

  /** A card that was proven, and the name that its account was known by. */
  public record Card(String login, Bytes encoded) {}

  public CachedChain {
    statements = List.copyOf(statements);
    cards = List.copyOf(cards);
  }

  byte[] encode() {
    List<Bytes> people = new ArrayList<>(2 * cards.size());
    for (Card card : cards) {
      people.add(Bytes.wrap(card.login().getBytes(StandardCharsets.UTF_8)));
      people.add(card.encoded());
    }
    int size = HEAD_BYTES;
    for (Bytes statement : statements) {
      size += 2 + statement.size();
    }
    for (Bytes part : people) {
      size += 2 + part.size();
    }
    ByteWriter out = new ByteWriter(size).u8(FORMAT);
    out.u32(head.index()).bytes(head.hash().bytes()).u32(statements.size());
    statements.forEach(out::sized);
    out.u32(cards.size());
    people.forEach(out::sized);
    return out.toByteArray();
  }

  /** Fails with {@link CryptoFailure} for what another version of this program wrote. */
  static CachedChain decode(byte[] content) {
    try {
      ByteReader in = Bytes.wrap(content).reader();
      if (in.u8() != FORMAT) {
        throw new CryptoFailure();
      }
      ChainHead head = new ChainHead(in.u32(), Hash.read(in));
      int count = in.u32();
      List<Bytes> statements = new ArrayList<>(Math.min(count, STATEMENTS_MAX));
      for (int i = 0; i < count; i++) {
        statements.add(in.sized());
      }
      int known = in.u32();
      List<Card> cards = new ArrayList<>(Math.min(known, STATEMENTS_MAX));
      for (int i = 0; i < known; i++) {
        String login = new String(in.sized().toByteArray(), StandardCharsets.UTF_8);
        cards.add(new Card(login, in.sized()));
      }
      in.end();
      return new CachedChain(head, statements, cards);
    } catch (MalformedException e) {
      throw new CryptoFailure();
    }
  }

  @Override
  public String toString() {
    return "CachedChain[" + head.index() + "]";
  }
}
