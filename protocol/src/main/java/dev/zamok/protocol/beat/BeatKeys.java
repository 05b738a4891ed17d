package dev.zamok.protocol.beat;

import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that the hubs and authorities of a deployment share, by which their beats and
 * challenges are known; the first byte of a statement tells which it is of. It is good for nothing
 * else: neither tickets nor entries are checked by it.
 *
 * <pre>
 * text      1 to 4 lines of 64 hexadecimal digits: the first key signs, each verifies
 * mac       HMAC-SHA256(key, L("zamok/v1/hub-beat") ‖ statement), 32 bytes
 * </pre>
 *
 * Several keys, so that one can follow another while all processes run. Thread-safe.
 */
public final class BeatKeys {
  public static final int KEYS_MAX = 4;
  public static final int MAC_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final Bytes LABEL =
      Bytes.wrap("zamok/v1/hub-beat".getBytes(StandardCharsets.US_ASCII));
  private static final Pattern LINE = Pattern.compile("[0-9a-fA-F]{64}");

  private final List<SecretKeySpec> keys;

  private BeatKeys(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /** Fails with {@link MalformedException}, whose text holds nothing of the keys. */
  public static BeatKeys parse(String text) {
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.isEmpty() || lines.size() > KEYS_MAX) {
      throw new MalformedException("1 to " + KEYS_MAX + " keys are wanted, one a line");
    }
    if (!lines.stream().allMatch(line -> LINE.matcher(line).matches())) {
      throw new MalformedException("a key is 64 hexadecimal digits");
    }
    return new BeatKeys(
        lines.stream()
            .map(line -> new SecretKeySpec(Bytes.fromHex(line).toByteArray(), ALGORITHM))
            .toList());
  }

  /** By the first key. */
  public Bytes sign(Bytes statement) {
    return Bytes.wrap(mac(keys.get(0), statement));
  }

  /** By any of the keys. */
  public boolean verify(Bytes statement, Bytes mac) {
    byte[] claimed = mac.toByteArray();
    boolean right = false;
    for (SecretKeySpec key : keys) {
      right |= MessageDigest.isEqual(mac(key, statement), claimed);
    }
    return right;
  }

  private static byte[] mac(SecretKeySpec key, Bytes statement) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(new ByteWriter().sized(LABEL).bytes(statement).toByteArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no HMAC-SHA256 on this Java", e);
    }
  }

  @Override
  public String toString() {
    return "BeatKeys[" + keys.size() + "]";
  }
}
