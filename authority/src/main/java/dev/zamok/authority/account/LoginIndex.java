package dev.zamok.authority.account;

import dev.zamok.authority.store.RowKey;
import dev.zamok.crypto.Context;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Where the row of a login name lies: HMAC-SHA256 hides the name from who reads the keys. */
final class LoginIndex {
  private final SecretKeySpec key;

  LoginIndex(SecretBytes lookup) {
    byte[] raw = lookup.toByteArray();
    this.key = new SecretKeySpec(raw, "HmacSHA256");
    Arrays.fill(raw, (byte) 0);
  }

  RowKey key(LoginName name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(Context.of("login").sized(name.folded()).toBytes().asByteBuffer());
      return AccountTables.LOGIN.key(Bytes.wrap(mac.doFinal()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is not available", e);
    }
  }
}
