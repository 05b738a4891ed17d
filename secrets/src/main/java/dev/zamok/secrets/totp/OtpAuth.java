package dev.zamok.secrets.totp;

import dev.zamok.protocol.MalformedException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@code otpauth://totp/Issuer:account?secret=BASE32&issuer=…&algorithm=…&digits=…&period=…}.
 * There is no standard beyond custom: parameters that are not known are passed over, as every
 * authenticator does, and labels need not be escaped well.
 */
final class OtpAuth {
  private static final int CHARACTERS_MAX = 2_000;
  private static final String START = "otpauth://totp/";

  private OtpAuth() {}

  static TotpSeed parse(String uri) {
    if (uri.length() > CHARACTERS_MAX) {
      throw new MalformedException("otpauth URI of " + uri.length() + " characters");
    }
    if (!uri.regionMatches(true, 0, START, 0, START.length())) {
      throw new MalformedException("not an otpauth URI for codes by time");
    }
    int query = uri.indexOf('?');
    if (query < START.length()) {
      throw new MalformedException("otpauth URI without a seed");
    }
    Map<String, String> parameters = parameters(uri.substring(query + 1));
    String label = decoded(uri.substring(START.length(), query));
    int colon = label.indexOf(':');
    String issuer = colon < 0 ? "" : label.substring(0, colon).strip();
    return new TotpSeed(
        parameters.getOrDefault("issuer", issuer),
        label.substring(colon + 1).strip(),
        TotpSeed.base32(parameters.getOrDefault("secret", "")),
        TotpAlgorithm.parse(parameters.getOrDefault("algorithm", "SHA1")),
        number(parameters.getOrDefault("digits", "6")),
        Duration.ofSeconds(number(parameters.getOrDefault("period", "30"))));
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String one : query.split("&", -1)) {
      int equals = one.indexOf('=');
      if (equals > 0) {
        String name = one.substring(0, equals).toLowerCase(Locale.ROOT);
        if (parameters.put(name, decoded(one.substring(equals + 1))) != null) {
          throw new MalformedException("otpauth URI with a parameter twice");
        }
      }
    }
    return parameters;
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new MalformedException("otpauth URI with a number that is none");
    }
    return Integer.parseInt(text);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Its message quotes what it found.
      throw new MalformedException("otpauth URI with broken escapes");
    }
  }
}
