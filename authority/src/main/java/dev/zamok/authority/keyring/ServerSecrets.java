package dev.zamok.authority.keyring;

import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.security.SecureRandom;

/**
 * The secrets of this deployment, made once and kept as sealed rows: all its nodes share them.
 *
 * @param lookup HMAC key of values that are looked up but must not stand in a key, such as login
 *     names
 * @param control Ed25519 seed that signs rekeys
 * @param ticket Ed25519 seed that signs tickets
 * @param node Ed25519 seed by which authorities know each other
 */
public record ServerSecrets(
    SecretBytes lookup, SecretBytes control, SecretBytes ticket, SecretBytes node) {
  private static final int SIZE = 32;

  /** Reads them, and makes those that are missing. */
  public static Future<ServerSecrets> open(SealedStore store, SecureRandom random) {
    Future<SecretBytes> lookup = secret(store, "lookup", random);
    Future<SecretBytes> control = secret(store, "control", random);
    Future<SecretBytes> ticket = secret(store, "ticket", random);
    Future<SecretBytes> node = secret(store, "node", random);
    return Future.all(lookup, control, ticket, node)
        .map(
            all ->
                new ServerSecrets(
                    lookup.result(), control.result(), ticket.result(), node.result()));
  }

  private static Future<SecretBytes> secret(SealedStore store, String name, SecureRandom random) {
    RowKey key = ServerTables.SERVER.key(ServerTables.SECRETS, ServerTables.ascii(name));
    return store
        .get(key)
        .compose(
            found -> {
              if (found.isPresent()) {
                return Future.succeededFuture(found.get().body());
              }
              byte[] fresh = new byte[SIZE];
              random.nextBytes(fresh);
              Bytes body = Bytes.wrap(fresh);
              return store
                  .insert(key, body)
                  .compose(
                      outcome ->
                          outcome.applied()
                              ? Future.succeededFuture(body)
                              : store.get(key).map(other -> other.orElseThrow().body()));
            })
        .map(body -> SecretBytes.copyOf(body).requireSize(SIZE));
  }

  @Override
  public String toString() {
    return "ServerSecrets[]";
  }
}
