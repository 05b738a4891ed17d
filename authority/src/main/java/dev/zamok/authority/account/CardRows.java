package dev.zamok.authority.account;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.identity.Card;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import io.vertx.core.Future;
import java.util.List;

/** Takes cards in, after their signatures were checked. */
final class CardRows {
  private final SealedStore store;

  CardRows(SealedStore store) {
    this.store = store;
  }

  /**
   * A card that came from outside, signed by its own key. Fails with {@link Problem#CARD_INVALID}.
   */
  static Card parse(String base64Url, AccountId account) {
    try {
      Card card = Card.parse(Bytes.fromBase64Url(base64Url));
      if (!card.account().equals(account)) {
        throw new CryptoFailure();
      }
      return card;
    } catch (CryptoFailure | MalformedException | IllegalArgumentException e) {
      throw Problem.CARD_INVALID.refusal();
    }
  }

  /** As {@link #parse}, of the first card of an account. */
  static Card parseFirst(String base64Url, AccountId account) {
    Card card = parse(base64Url, account);
    if (card.seq() != 1) {
      throw Problem.CARD_INVALID.refusal();
    }
    return card;
  }

  /** Makes a card findable by its fingerprint; it is found once its own row is there. */
  static Future<Void> announce(SealedStore store, Card card) {
    ByteWriter body = new ByteWriter(20);
    card.account().write(body);
    body.u32(card.seq());
    return store
        .insert(AccountTables.fingerprint(card.fingerprint()), body.toBytes())
        .map(
            outcome -> {
              if (!outcome.applied()) {
                throw new IllegalStateException("two cards of one fingerprint");
              }
              return null;
            });
  }

  /**
   * Makes {@code next} the current card. Publishing the same one again changes nothing. Fails with
   * {@link Problem#CARD_INVALID} unless it is the successor of the current one.
   */
  Future<Void> succeed(Card next) {
    RowKey key = AccountTables.profile(next.account());
    return store
        .get(key)
        .compose(
            row -> {
              Row present = row.orElseThrow(Problem.NOT_FOUND::refusal);
              Profile profile = Profile.decode(next.account(), present.body());
              Card old = Card.parse(profile.card());
              if (old.equals(next)) {
                return Future.succeededFuture();
              }
              requireSuccessor(next, old);
              List<Change> rows =
                  List.of(
                      Change.put(
                          AccountTables.PROFILE,
                          present.version(),
                          profile.withCard(next.encoded()).encode()),
                      Change.insert(
                          AccountTables.cardSort(next.seq()),
                          new ByteWriter(512).sized(next.encoded()).toBytes()));
              return announce(store, next)
                  .compose(v -> store.batch(AccountTables.ACCOUNT, key.partition(), rows))
                  .map(
                      outcome -> {
                        if (!outcome.applied()) {
                          throw Problem.CONFLICT.refusal();
                        }
                        return null;
                      });
            });
  }

  private static void requireSuccessor(Card next, Card old) {
    try {
      next.requireSuccessorOf(old);
    } catch (CryptoFailure e) {
      throw Problem.CARD_INVALID.refusal();
    }
  }
}
