package dev.zamok.authority.account;

import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * What others may know of an account.
 *
 * @param login the login name as shown
 * @param card the current one, encoded; it was verified when it came
 */
public record Profile(AccountId account, long createdMillis, String login, Bytes card) {
  Profile withCard(Bytes successor) {
    return new Profile(account, createdMillis, login, successor);
  }

  Bytes encode() {
    return new ByteWriter(512)
        .u64(createdMillis)
        .sized(Bytes.wrap(login.getBytes(StandardCharsets.UTF_8)))
        .sized(card)
        .toBytes();
  }

  static Profile decode(AccountId account, Bytes body) {
    ByteReader reader = body.reader();
    long created = reader.u64();
    String login = new String(reader.sized().toByteArray(), StandardCharsets.UTF_8);
    Profile profile = new Profile(account, created, login, reader.sized());
    reader.end();
    return profile;
  }

  /** As the contract's {@code Account}. */
  JsonObject toJson() {
    return new JsonObject()
        .put("account", account.toString())
        .put("login", login)
        .put("card", card.toBase64Url());
  }

  /** Without the name. */
  @Override
  public String toString() {
    return "Profile[" + account + "]";
  }
}
