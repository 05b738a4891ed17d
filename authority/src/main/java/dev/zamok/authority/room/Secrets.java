package dev.zamok.authority.room;

import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.Optional;

/** The secrets of managed rooms, which the authority makes. */
public final class Secrets {
  private final SealedStore store;
  private final SecureRandom random;

  Secrets(SealedStore store, SecureRandom random) {
    this.store = store;
    this.random = random;
  }

  /**
   * Makes the secret of a generation that is not in use yet. One that an attempt before left behind
   * was never served and is taken: replacing it could put another secret beside a commitment that
   * was stored meanwhile.
   */
  Future<RoomSecret> make(RoomId room, int g) {
    RoomSecret secret = RoomSecret.random(room, g, random);
    Bytes body = Bytes.wrap(secret.secret().toByteArray());
    RowKey key = RoomTables.secret(room, g);
    return get(room, g)
        .compose(
            found ->
                found
                    .map(Future::succeededFuture)
                    .orElseGet(
                        () ->
                            store
                                .insert(key, body)
                                .map(
                                    outcome -> {
                                      RoomRows.requireApplied(outcome);
                                      return secret;
                                    })));
  }

  /** Empty for sealed rooms, and for generations that were forgotten. */
  public Future<Optional<RoomSecret>> get(RoomId room, int g) {
    return store
        .get(RoomTables.secret(room, g))
        .map(found -> found.map(row -> new RoomSecret(room, g, SecretBytes.copyOf(row.body()))));
  }

  /** For rooms without history, once nothing is sealed under it any more. */
  Future<Void> forget(RoomId room, int g) {
    RowKey key = RoomTables.secret(room, g);
    return store
        .get(key)
        .compose(
            found ->
                found
                    .map(row -> store.delete(key, row.version()))
                    .orElseGet(() -> Future.succeededFuture(Outcome.APPLIED)))
        .map(
            outcome -> {
              if (!outcome.applied()) {
                throw new Unavailable("a secret was changed elsewhere", false);
              }
              return null;
            });
  }
}
