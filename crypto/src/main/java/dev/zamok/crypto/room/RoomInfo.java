package dev.zamok.crypto.room;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The name of a sealed room, which no server can read.
 *
 * <pre>
 * context = ctx("room-info", room 16, g u32, authorF 32)
 * body    = version u32 ‖ L(name, UTF-8, at most 200 bytes) ‖ zeros to a multiple of 64
 * sig over ctx("room-info-sig", room, g u32, version u32, authorF, h(body))
 * stored  = g u32 ‖ authorF 32 ‖ Suite 01 of body ‖ sig 64,
 *           under kdf(M_g, -, ctx("room-info", room, g))
 * </pre>
 *
 * @param version grows with every change; of two, the higher one holds
 * @param author who named the room; whether he may, is up to the chain
 */
public record RoomInfo(int version, String name, Fingerprint author) {
  public static final int NAME_BYTES_MAX = 200;

  /** Enough for every stored form. */
  public static final int BYTES_MAX = 512;

  private static final int PADDING_BYTES = 64;

  /** Fails with {@link MalformedException}. */
  public RoomInfo {
    if (version < 1 || name.isEmpty() || utf8(name).length > NAME_BYTES_MAX) {
      throw new MalformedException("room name out of range");
    }
  }

  /** The stored form of a name. */
  public static Bytes seal(
      RoomSecret secret, int version, String name, Identity author, SecureRandom random) {
    RoomInfo info = new RoomInfo(version, name, author.fingerprint());
    byte[] body = info.body();
    Bytes signature = author.sign(toSign(secret, version, info.author, Bytes.wrap(body)));
    byte[] plaintext = Arrays.copyOf(body, body.length + VerifyKey.SIGNATURE_SIZE);
    signature.copyTo(plaintext, body.length);
    Bytes sealed = key(secret).seal(context(secret, info.author), plaintext, random);
    return new ByteWriter(BYTES_MAX)
        .u32(secret.g())
        .bytes(info.author.bytes())
        .bytes(sealed)
        .toBytes();
  }

  /** The generation a stored form needs to be opened. Fails with {@link MalformedException}. */
  public static int generationOf(Bytes stored) {
    return stored.reader().u32();
  }

  /** Fails with {@link CryptoFailure}, also when the author's card is not known. */
  public static RoomInfo open(RoomSecret secret, Cards cards, Bytes stored) {
    try {
      ByteReader reader = stored.reader();
      int g = reader.u32();
      Fingerprint author = Fingerprint.read(reader);
      Card card = cards.byFingerprint(author);
      if (g != secret.g() || stored.size() > BYTES_MAX || card == null) {
        throw new CryptoFailure();
      }
      Bytes plaintext = Bytes.wrap(key(secret).open(context(secret, author), reader.rest()));
      int bodyBytes = plaintext.size() - VerifyKey.SIGNATURE_SIZE;
      Bytes body = plaintext.slice(0, Math.max(0, bodyBytes));
      RoomInfo info = parse(body, author);
      Bytes signature = plaintext.slice(bodyBytes, plaintext.size());
      card.signing().verify(toSign(secret, info.version, author, body), signature);
      return info;
    } catch (MalformedException e) {
      throw new CryptoFailure();
    }
  }

  private byte[] body() {
    byte[] utf8 = utf8(name);
    byte[] raw = new ByteWriter().u32(version).sized(Bytes.wrap(utf8)).toByteArray();
    return Arrays.copyOf(raw, (raw.length + PADDING_BYTES - 1) / PADDING_BYTES * PADDING_BYTES);
  }

  private static RoomInfo parse(Bytes body, Fingerprint author) {
    ByteReader reader = body.reader();
    int version = reader.u32();
    String name = text(reader.sized());
    RoomInfo info = new RoomInfo(version, name, author);
    if (!Bytes.wrap(info.body()).equals(body)) {
      throw new MalformedException("room info with wrong padding");
    }
    return info;
  }

  private static Seal01 key(RoomSecret secret) {
    return Seal01.with(secret.derive(Context.of("room-info").room(secret.room()).u32(secret.g())));
  }

  private static Bytes context(RoomSecret secret, Fingerprint author) {
    RoomId room = secret.room();
    return Context.of("room-info").room(room).u32(secret.g()).bytes(author.bytes()).toBytes();
  }

  private static Bytes toSign(RoomSecret secret, int version, Fingerprint author, Bytes body) {
    return Context.of("room-info-sig")
        .room(secret.room())
        .u32(secret.g())
        .u32(version)
        .bytes(author.bytes())
        .hash(Hash.of(body))
        .toBytes();
  }

  private static byte[] utf8(String name) {
    try {
      ByteBuffer encoded =
          StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(name));
      byte[] out = new byte[encoded.remaining()];
      encoded.get(out);
      return out;
    } catch (CharacterCodingException e) {
      throw new MalformedException("room name that is not Unicode");
    }
  }

  private static String text(Bytes utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8.asByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("room name that is not UTF-8");
    }
  }

  /** Hides the name. */
  @Override
  public String toString() {
    return "RoomInfo[" + version + "]";
  }
}
