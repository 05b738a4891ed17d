package dev.zamok.client.cache;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.UnprovenCard;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;

/**
 * What an earlier run left of a room's chain, replayed: nothing in it was compared with a pin or
 * with the server yet.
 *
 * @param chain of exactly these statements; whoever goes on with it takes a copy
 */
public record Restored(RoomChain chain, List<Statement> statements, List<KnownCard> cards) {

  /** A card that this account proved, and the name that its account was known by. */
  public record KnownCard(String login, UnprovenCard card) {}

  /** On any thread. Fails with {@link CryptoFailure} for what does not hold together. */
  static Restored of(RoomId room, CachedChain kept) {
    try {
      List<Statement> statements = new ArrayList<>(kept.statements().size());
      for (Bytes each : kept.statements()) {
        statements.add(Statement.parse(each));
      }
      RoomChain chain = RoomChain.replay(statements, kept.head());
      List<KnownCard> cards = new ArrayList<>(kept.cards().size());
      for (CachedChain.Card each : kept.cards()) {
        cards.add(new KnownCard(each.login(), UnprovenCard.parse(each.encoded())));
      }
      if (chain.roomId().equals(room)) {
        return new Restored(chain, statements, cards);
      }
    } catch (MalformedException | ChainException e) {
      throw new CryptoFailure();
    }
    throw new CryptoFailure();
  }

  @Override
  public String toString() {
    return "Restored[" + chain.head().index() + "]";
  }
}
