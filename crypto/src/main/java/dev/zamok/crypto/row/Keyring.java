package dev.zamok.crypto.row;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that everything at rest is sealed under: several, one of them active. Lives apart from
 * the data; losing it is losing the data.
 *
 * <pre>
 * # comment
 * active 2
 * 1 base64url of 32 bytes
 * 2 base64url of 32 bytes
 * </pre>
 *
 * <p>Immutable.
 */
public final class Keyring {
  /** Enough for years of rotation. */
  public static final int KEYS_MAX = 64;

  private static final int KEY_BYTES = 32;

  private final TreeMap<Integer, SecretBytes> keys = new TreeMap<>();
  private final int active;

  /**
   * A keyring of keys of 32 bytes by id.
   *
   * @param active the id of the key for new seals
   */
  public Keyring(Map<Integer, SecretBytes> keys, int active) {
    if (keys.size() > KEYS_MAX || !keys.containsKey(active)) {
      throw new IllegalArgumentException("keyring without its active key, or too large");
    }
    keys.forEach(
        (id, key) -> {
          if (id < 1) {
            throw new IllegalArgumentException("key with the id " + id);
          }
          this.keys.put(id, key.requireSize(KEY_BYTES));
        });
    this.active = active;
  }

  /** A new keyring of one key with the id 1. */
  public static Keyring generate(SecureRandom random) {
    return new Keyring(Map.of(1, SecretBytes.random(random, KEY_BYTES)), 1);
  }

  /** This one and a fresh key, which becomes the active one. */
  public Keyring rotate(SecureRandom random) {
    return adding(random).activating();
  }

  /** This one and a fresh key that opens, and does not seal yet. */
  public Keyring adding(SecureRandom random) {
    TreeMap<Integer, SecretBytes> more = new TreeMap<>(keys);
    more.put(keys.lastKey() + 1, SecretBytes.random(random, KEY_BYTES));
    return new Keyring(more, active);
  }

  /** This one with its newest key as the active one. */
  public Keyring activating() {
    return new Keyring(keys, keys.lastKey());
  }

  /** Fails with {@link MalformedException}, which names the line and none of its content. */
  public static Keyring parse(String text) {
    TreeMap<Integer, SecretBytes> keys = new TreeMap<>();
    int active = 0;
    int line = 0;
    for (String raw : text.lines().toList()) {
      line++;
      String entry = raw.strip();
      if (entry.isEmpty() || entry.startsWith("#")) {
        continue;
      }
      String[] words = entry.split("\\s+", -1);
      try {
        if (words.length != 2) {
          throw new IllegalArgumentException();
        } else if (words[0].equals("active")) {
          active = Integer.parseInt(words[1]);
        } else {
          byte[] key = Base64.getUrlDecoder().decode(words[1]);
          SecretBytes secret = SecretBytes.wrap(key).requireSize(KEY_BYTES);
          if (keys.put(Integer.parseInt(words[0]), secret) != null) {
            throw new IllegalArgumentException();
          }
        }
      } catch (IllegalArgumentException e) {
        throw new MalformedException("keyring: line " + line + " is not an entry");
      }
    }
    if (!keys.containsKey(active) || keys.firstKey() < 1 || keys.size() > KEYS_MAX) {
      throw new MalformedException("keyring: no active key, or an id out of range");
    }
    return new Keyring(keys, active);
  }

  /** The inverse of {@link #parse}: the keys in the clear, for the file that keeps them. */
  public String export() {
    StringBuilder text = new StringBuilder("active " + active + "\n");
    keys.forEach(
        (id, key) ->
            text.append(id)
                .append(' ')
                .append(Bytes.wrap(key.toByteArray()).toBase64Url())
                .append('\n'));
    return text.toString();
  }

  public int newestId() {
    return keys.lastKey();
  }

  public int activeId() {
    return active;
  }

  /** Newest first. */
  public List<Integer> ids() {
    return List.copyOf(keys.descendingKeySet());
  }

  /** This one without a key that nothing is sealed under any more; never without the active one. */
  public Keyring without(int id) {
    TreeMap<Integer, SecretBytes> fewer = new TreeMap<>(keys);
    fewer.remove(id);
    return new Keyring(fewer, active);
  }

  @Nullable SecretBytes key(int id) {
    return keys.get(id);
  }

  /** Names the ids alone. */
  @Override
  public String toString() {
    return "Keyring" + keys.keySet() + "[active " + active + "]";
  }
}
