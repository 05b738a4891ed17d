package dev.zamok.authority;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.ticket.FastEdDsa;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ticket.TicketKey;
import dev.zamok.protocol.ticket.TicketKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * The key that signs tickets, as JWK (RFC 8037).
 *
 * @param signing the private half
 * @param verifying the JWK set with the public half
 */
record TicketKeySet(TicketKey signing, String verifying) {
  static TicketKeySet of(SecretBytes seed) {
    SigningKey key = SigningKey.of(seed);
    JsonObject jwk =
        new JsonObject()
            .put("kty", "OKP")
            .put("crv", "Ed25519")
            .put("alg", "EdDSA")
            .put("use", "sig")
            .put("kid", key.publicKey().id().toString())
            .put("x", key.publicKey().bytes().toBase64Url());
    String verifying = set(jwk);
    byte[] raw = seed.toByteArray();
    byte[] whole = utf8(set(jwk.copy().put("d", Bytes.wrap(raw).toBase64Url())));
    return new TicketKeySet(TicketKeys.parse(whole).signing(), verifying);
  }

  /** What hubs need. */
  TicketKeys keys() {
    return TicketKeys.parse(utf8(verifying), new FastEdDsa());
  }

  private static String set(JsonObject jwk) {
    return new JsonObject().put("keys", new JsonArray().add(jwk)).encode();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "TicketKeySet[" + signing.id() + "]";
  }
}
