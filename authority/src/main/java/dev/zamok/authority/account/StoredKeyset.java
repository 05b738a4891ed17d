package dev.zamok.authority.account;

import dev.zamok.authority.http.Problem;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.password.Phc;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A keyset as its owner sealed it. Opaque here, but for its sizes and the parameters by which a
 * master password is stretched: what is too weak or too expensive is refused.
 *
 * <pre>
 * seq u32 ‖ L(sealed) ‖ count u16 ‖ count × (type u8 ‖ L(params) ‖ L(wrap))
 * </pre>
 */
record StoredKeyset(int seq, Bytes sealed, List<Unlock> unlocks) {
  /** A Suite 02 seal of 32 bytes. */
  private static final int WRAP_BYTES_MIN = 113;

  /** With what the client may put in front of it. */
  private static final int WRAP_BYTES_MAX = 768;

  private static final int PARAMS_BYTES_MAX = 512;
  private static final int MASTER_PASSWORD = 1;
  private static final String KIT = "$kit";

  /** One way to open the keyset. */
  record Unlock(int type, String params, Bytes wrap) {}

  StoredKeyset {
    unlocks = List.copyOf(unlocks);
  }

  /** Fails with {@link Problem#KEYSET_INVALID}. */
  static StoredKeyset fromJson(JsonObject json) {
    try {
      List<Unlock> unlocks = new ArrayList<>();
      for (Object each : json.getJsonArray("unlocks")) {
        JsonObject unlock = (JsonObject) each;
        unlocks.add(
            checked(
                new Unlock(
                    unlock.getInteger("type"),
                    unlock.getString("params"),
                    Bytes.fromBase64Url(unlock.getString("wrap")))));
      }
      Bytes sealed = Bytes.fromBase64Url(json.getString("sealed"));
      if (!Keyset.isSealedSize(sealed.size())) {
        throw new MalformedException("sealed keyset of a wrong size");
      }
      return new StoredKeyset(json.getInteger("seq"), sealed, unlocks);
    } catch (MalformedException | IllegalArgumentException e) {
      throw Problem.KEYSET_INVALID.refusal();
    }
  }

  JsonObject toJson() {
    JsonArray list = new JsonArray();
    for (Unlock unlock : unlocks) {
      list.add(
          new JsonObject()
              .put("type", unlock.type)
              .put("params", unlock.params)
              .put("wrap", unlock.wrap.toBase64Url()));
    }
    return new JsonObject()
        .put("seq", seq)
        .put("sealed", sealed.toBase64Url())
        .put("unlocks", list);
  }

  Bytes encode() {
    ByteWriter writer = new ByteWriter(1024).u32(seq).sized(sealed).u16(unlocks.size());
    for (Unlock unlock : unlocks) {
      writer.u8(unlock.type).sized(utf8(unlock.params)).sized(unlock.wrap);
    }
    return writer.toBytes();
  }

  static StoredKeyset decode(Bytes body) {
    ByteReader reader = body.reader();
    int seq = reader.u32();
    Bytes sealed = reader.sized();
    int count = reader.u16();
    List<Unlock> unlocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int type = reader.u8();
      String params = new String(reader.sized().toByteArray(), StandardCharsets.UTF_8);
      unlocks.add(new Unlock(type, params, reader.sized()));
    }
    reader.end();
    return new StoredKeyset(seq, sealed, unlocks);
  }

  private static Unlock checked(Unlock unlock) {
    int size = unlock.wrap.size();
    boolean sized = size >= WRAP_BYTES_MIN && size <= WRAP_BYTES_MAX;
    if (!sized || utf8(unlock.params).size() > PARAMS_BYTES_MAX) {
      throw new MalformedException("unlock of a wrong size");
    }
    if (unlock.type == MASTER_PASSWORD) {
      String recipe = unlock.params;
      if (recipe.endsWith(KIT)) {
        recipe = recipe.substring(0, recipe.length() - KIT.length());
      }
      if (Phc.parse(recipe).hash() != null) {
        throw new MalformedException("a hash of the master password");
      }
    }
    return unlock;
  }

  private static Bytes utf8(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
