package dev.zamok.secrets.totp;

import dev.zamok.protocol.MalformedException;
import java.util.Locale;

/** The hash of the HMAC. */
public enum TotpAlgorithm {
  SHA1("HmacSHA1"),
  SHA256("HmacSHA256"),
  SHA512("HmacSHA512");

  private final String hmac;

  TotpAlgorithm(String hmac) {
    this.hmac = hmac;
  }

  String hmac() {
    return hmac;
  }

  /** Takes {@code SHA1}, {@code SHA-1}, {@code HmacSHA1} in any case. */
  static TotpAlgorithm parse(String text) {
    String plain = text.toUpperCase(Locale.ROOT).replace("-", "").replaceFirst("^HMAC", "");
    for (TotpAlgorithm one : values()) {
      if (one.name().equals(plain)) {
        return one;
      }
    }
    throw new MalformedException("one-time codes with a hash that is not known");
  }
}
