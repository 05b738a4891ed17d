package dev.zamok.app.e2e;

import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.crypto.account.UnlockWrap;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.password.Password;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import io.vertx.core.json.JsonObject;

/**
 * The keys of somebody whose program keeps to no rule: opened as any program of his would, by what
 * the server gives him and his master password.
 */
record Insider(Identity identity, UnlockKey unlockKey) {
  /** Of an account that is there; he logs in once, through the evil server. */
  static Insider of(EvilServer evil, Person.Way honest, String login) {
    Person.login(evil.way(honest), login).close();
    return opened(
        evil.last("/v1/account").answer(), evil.last("/v1/keyset").answer(), Person.master(login));
  }

  static Insider opened(JsonObject account, JsonObject keyset, String master) {
    AccountId id = AccountId.parse(account.getString("account"));
    JsonObject unlock = keyset.getJsonArray("unlocks").getJsonObject(0);
    UnlockWrap wrap = UnlockWrap.parse(Bytes.fromBase64Url(unlock.getString("wrap")));
    UnlockSecret secret =
        UnlockSecret.masterPassword(Password.of(master.toCharArray()), null, wrap.masterParams());
    UnlockKey key = wrap.open(id, secret);
    Bytes sealed = Bytes.fromBase64Url(keyset.getString("sealed"));
    Card card = Card.parse(Bytes.fromBase64Url(account.getString("card")));
    Keyset keys = Keyset.open(key, id, keyset.getInteger("seq"), sealed);
    return new Insider(keys.identity(card), key);
  }
}
