package dev.zamok.crypto.link;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.HumanCode;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.seal.Seal02;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What opens a secret that was left with a server for whoever has the link.
 *
 * <pre>
 * link   = id 16 ‖ key 32 ‖ flags u8 (1: a code is needed), in the fragment of a URL
 * secret = key ‖ code 16 if one is needed
 * sealed = Suite 02 under kdf(secret, -, ctx("link-key", id, flags)) of content,
 *          context ctx("link", id, flags)
 * token  = kdf(secret, -, ctx("link-token", id, flags)) 32
 * </pre>
 *
 * <p>The server keeps {@code sealed} and h(token), and gives it out for the token alone: whoever
 * has the id only, such as a previewer that never sees a fragment, or the wrong code, opens and
 * burns nothing. The code travels over another channel; it is part of the key, not a question the
 * server asks.
 */
public final class LinkKey {
  public static final int ID_SIZE = 16;
  public static final int KEY_SIZE = 32;

  private static final int CODE_NEEDED = 1;

  private final Bytes id;
  private final SecretBytes key;
  private final boolean needsCode;

  private LinkKey(Bytes id, SecretBytes key, boolean needsCode) {
    this.id = id;
    this.key = key;
    this.needsCode = needsCode;
  }

  public static LinkKey generate(boolean needsCode, SecureRandom random) {
    byte[] id = new byte[ID_SIZE];
    random.nextBytes(id);
    return new LinkKey(Bytes.wrap(id), SecretBytes.random(random, KEY_SIZE), needsCode);
  }

  /** The fragment of a link. Fails with {@link MalformedException}, which does not show it. */
  public static LinkKey parse(String fragment) {
    Bytes raw;
    try {
      raw = Bytes.fromBase64Url(fragment);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("not a link");
    }
    int flags = raw.size() == ID_SIZE + KEY_SIZE + 1 ? raw.get(ID_SIZE + KEY_SIZE) : -1;
    if (flags != 0 && flags != CODE_NEEDED) {
      throw new MalformedException("not a link");
    }
    SecretBytes key = SecretBytes.copyOf(raw.slice(ID_SIZE, ID_SIZE + KEY_SIZE));
    return new LinkKey(raw.slice(0, ID_SIZE), key, flags == CODE_NEEDED);
  }

  /** Whoever has this text, and the code if one is needed, reads the secret. */
  public String toFragment() {
    byte[] raw = key.toByteArray();
    return new ByteWriter(ID_SIZE + KEY_SIZE + 1)
        .bytes(id)
        .bytes(Bytes.wrap(raw))
        .u8(flags())
        .toBytes()
        .toBase64Url();
  }

  /** By which the server knows it. */
  public Bytes id() {
    return id;
  }

  public boolean needsCode() {
    return needsCode;
  }

  /** For people who need one: see {@link HumanCode}. */
  public static SecretBytes code(SecureRandom random) {
    return HumanCode.generate(random);
  }

  /**
   * The sealed form.
   *
   * @param code null exactly where none is needed
   */
  public Bytes seal(@Nullable SecretBytes code, Bytes content, SecureRandom random) {
    return seal(code).seal(context(), content.toByteArray(), random);
  }

  /** Fails with {@link CryptoFailure}. */
  public Bytes open(@Nullable SecretBytes code, Bytes sealed) {
    return Bytes.wrap(seal(code).open(context(), sealed));
  }

  /** What the server wants to see before it gives the secret out. */
  public SecretBytes token(@Nullable SecretBytes code) {
    return Kdf.derive(secret(code), Context.of("link-token").bytes(id).u8(flags()));
  }

  private Seal02 seal(@Nullable SecretBytes code) {
    return Seal02.with(Kdf.derive(secret(code), Context.of("link-key").bytes(id).u8(flags())));
  }

  private SecretBytes secret(@Nullable SecretBytes code) {
    if (needsCode != (code != null)) {
      throw new CryptoFailure();
    }
    return code == null ? key : SecretBytes.join(key, code);
  }

  private Bytes context() {
    return Context.of("link").bytes(id).u8(flags()).toBytes();
  }

  private int flags() {
    return needsCode ? CODE_NEEDED : 0;
  }

  @Override
  public String toString() {
    return "LinkKey[" + id.toBase64Url() + "]";
  }
}
