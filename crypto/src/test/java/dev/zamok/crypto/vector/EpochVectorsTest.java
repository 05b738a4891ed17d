package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.crypto.epoch.HubShare;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.protocol.Bytes;

class EpochVectorsTest extends VectorContract {
  private static final Bytes CONTEXT = Bytes.fromHex("00");

  @Override
  String construct() {
    return "epoch";
  }

  @Override
  String description() {
    return "share is C_n, hubShare H_n, secret M_g; key = K_n = kdf(C_n ‖ M_g, H_n, ctx(\"epoch\","
        + " room, n, g)); check = kdf(C_n, -, ctx(\"share-check\", room, n)); nextShare ="
        + " kdf(C_n, nextHubShare, ctx(\"share\", room, n + 1)). A failure names what does not"
        + " fit check or commit";
  }

  @Override
  void define(VectorSet set) {
    Fields inputs =
        new Fields()
            .put("room", Fixtures.MANAGED.toBytes())
            .put("n", 1)
            .put("g", 1)
            .put("share", People.random("share", 32))
            .put("secret", People.random("secret", 32))
            .put("hubShare", People.random("hub share 1", 32))
            .put("nextHubShare", People.random("hub share 2", 32));
    Fields first = set.ok("first epoch", inputs);
    Fields second =
        set.ok(
            "after a ratchet",
            inputs.with(
                new Fields()
                    .put("n", 2)
                    .put("share", first.bytes("nextShare"))
                    .put("hubShare", inputs.bytes("nextHubShare"))
                    .put("nextHubShare", People.random("hub share 3", 32))));
    set.ok(
        "sealed room, later generation",
        inputs.with(new Fields().put("room", Fixtures.SEALED.toBytes()).put("n", 77).put("g", 5)));
    set.fails("share changed", "crypto", second, flipped(second, "share"));
    set.fails("check changed", "crypto", second, flipped(second, "check"));
    set.fails("another epoch", "crypto", second, new Fields().put("n", 3));
    set.fails("another room", "crypto", second, flipped(second, "room"));
    set.fails("secret changed", "crypto", second, flipped(second, "secret"));
    set.fails("another generation", "crypto", second, new Fields().put("g", 2));
  }

  @Override
  Fields compute(Fields in) {
    AuthorityShare share = share(in);
    RoomSecret secret = secret(in);
    SecretBytes key =
        Kdf.derive(
            SecretBytes.join(share.share(), secret.secret()),
            in.bytes("hubShare"),
            Context.of("epoch")
                .room(in.room("room"))
                .u32(in.number("n"))
                .u32(in.number("g"))
                .toBytes());
    return new Fields()
        .put("check", share.check())
        .put("commit", secret.commit())
        .put("key", key)
        .put("nextShare", share.ratchet(new HubShare(in.bytes("nextHubShare"))).share());
  }

  @Override
  void open(Fields given) {
    AuthorityShare share = share(given).require(given.hash("check"));
    RoomSecret secret = secret(given).require(given.hash("commit"));
    HubShare hub = new HubShare(given.bytes("hubShare"));
    Bytes sealed =
        Seal01.with(given.secret("key")).seal(CONTEXT, new byte[1], new SeededRandom("epoch"));
    assertThat(EpochKey.derive(share, secret, hub).seal().open(CONTEXT, sealed)).hasSize(1);
  }

  private static AuthorityShare share(Fields in) {
    return new AuthorityShare(in.room("room"), in.number("n"), in.secret("share"));
  }

  private static RoomSecret secret(Fields in) {
    return new RoomSecret(in.room("room"), in.number("g"), in.secret("secret"));
  }
}
