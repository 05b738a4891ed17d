package dev.zamok.hub.admission;

import dev.zamok.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens whose signature was found good, by their SHA-256, until they expire: a reconnect storm
 * costs no signature checks. Bounded by weight, the least recently used go first. Thread-safe.
 */
final class CheckedTokens<T> {
  private final int weightMax;
  private final Map<Bytes, Kept<T>> byHash = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  CheckedTokens(int weightMax) {
    this.weightMax = weightMax;
  }

  private record Kept<T>(T value, Instant expiresAt, int weight) {}

  static Bytes hash(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return Bytes.wrap(sha256.digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }

  synchronized @Nullable T find(Bytes hash, Instant now) {
    Kept<T> kept = byHash.get(hash);
    if (kept == null) {
      return null;
    }
    if (!kept.expiresAt().isAfter(now)) {
      byHash.remove(hash);
      weight -= kept.weight();
      return null;
    }
    return kept.value();
  }

  synchronized void keep(Bytes hash, T value, Instant expiresAt, int itsWeight) {
    Kept<T> before = byHash.put(hash, new Kept<>(value, expiresAt, itsWeight));
    weight += itsWeight - (before == null ? 0 : before.weight());
    Iterator<Kept<T>> oldest = byHash.values().iterator();
    while (weight > weightMax && oldest.hasNext()) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
  }
}
