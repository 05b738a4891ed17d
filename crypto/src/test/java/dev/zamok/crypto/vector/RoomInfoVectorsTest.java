package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.RoomInfo;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.protocol.Bytes;
import java.util.List;

class RoomInfoVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "room-info";
  }

  @Override
  String description() {
    return "stored = g u32 ‖ authorF 32 ‖ Suite 01 of body ‖ sig under key ="
        + " kdf(M_g, -, ctx(\"room-info\", room, g))";
  }

  @Override
  void define(VectorSet set) {
    Fields inputs =
        new Fields()
            .put("room", Fixtures.SEALED.toBytes())
            .put("g", 2)
            .put("secret", People.random("secret", 32))
            .put("author", People.inputs("alice", 1))
            .put("version", 1)
            .put("name", "Совет")
            .put("random", People.random("info nonce", 12));
    Fields made = set.ok("a name", inputs);
    set.ok("a long name", inputs.with(new Fields().put("name", "n".repeat(200))));
    set.fails("stored changed", "crypto", made, flipped(made, "stored"));
    set.fails("another room", "crypto", made, flipped(made, "room"));
    set.fails("another generation", "crypto", made, new Fields().put("g", 3));
    set.fails("secret changed", "crypto", made, flipped(made, "secret"));
    byte[] renamed = made.bytes("stored").toByteArray();
    People.bob().fingerprint().bytes().copyTo(renamed, 4);
    set.fails("another author", "crypto", made, new Fields().put("stored", Bytes.wrap(renamed)));
  }

  @Override
  Fields compute(Fields in) {
    Identity author = People.identity(in.object("author"));
    FixedRandom random = in.random();
    Bytes stored = RoomInfo.seal(secret(in), in.number("version"), in.text("name"), author, random);
    random.end();
    Context context = Context.of("room-info").room(in.room("room")).u32(in.number("g"));
    Fields out = new Fields().put("key", secret(in).derive(context));
    Bytes full = context.bytes(author.fingerprint().bytes()).toBytes();
    Bytes plaintext =
        Bytes.wrap(Seal01.with(out.secret("key")).open(full, stored.slice(36, stored.size())));
    return out.put("context", full)
        .put("body", plaintext.slice(0, plaintext.size() - 64))
        .put("signature", plaintext.slice(plaintext.size() - 64, plaintext.size()))
        .putHex("cards", List.of(author.card().encoded(), People.bob().card().encoded()))
        .put("stored", stored);
  }

  @Override
  void open(Fields given) {
    RoomInfo info =
        RoomInfo.open(secret(given), People.cards(given.hexes("cards")), given.bytes("stored"));
    assertThat(info.name()).isEqualTo(given.text("name"));
    assertThat(info.version()).isEqualTo(given.number("version"));
  }

  private static RoomSecret secret(Fields in) {
    return new RoomSecret(in.room("room"), in.number("g"), in.secret("secret"));
  }
}
