package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;

class RoomSecretVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "room-secret";
  }

  @Override
  String description() {
    return "commit = kdf(M_g, -, ctx(\"secret-commit\", room, g)); prevLink = Suite 01 of M_(g-1)"
        + " under linkKey = kdf(M_g, -, c) with the context c = ctx(\"prev\", room, g)";
  }

  @Override
  void define(VectorSet set) {
    Fields inputs =
        new Fields()
            .put("room", Fixtures.SEALED.toBytes())
            .put("g", 2)
            .put("secret", People.random("second secret", 32))
            .put("previous", People.random("first secret", 32))
            .put("random", People.random("link", 12));
    Fields made = set.ok("second generation", inputs);
    set.fails("link changed", "crypto", made, flipped(made, "prevLink"));
    set.fails("commitment changed", "crypto", made, flipped(made, "previousCommit"));
    set.fails("secret changed", "crypto", made, flipped(made, "secret"));
    set.fails("another room", "crypto", made, flipped(made, "room"));
    set.fails("another generation", "crypto", made, new Fields().put("g", 3));
    Bytes cut = made.bytes("prevLink").slice(0, 60);
    set.fails("link cut", "crypto", made, new Fields().put("prevLink", cut));
  }

  @Override
  Fields compute(Fields in) {
    RoomSecret previous =
        new RoomSecret(in.room("room"), in.number("g") - 1, in.secret("previous"));
    RoomSecret secret = secret(in);
    Context link = Context.of("prev").room(in.room("room")).u32(in.number("g"));
    FixedRandom random = in.random();
    Bytes prevLink = secret.prevLink(previous, random);
    random.end();
    return new Fields()
        .put("commit", secret.commit())
        .put("previousCommit", previous.commit())
        .put("linkKey", secret.derive(link))
        .put("linkContext", link.toBytes())
        .put("prevLink", prevLink);
  }

  @Override
  void open(Fields given) {
    RoomSecret opened =
        secret(given).openPrevLink(given.bytes("prevLink"), given.hash("previousCommit"));
    assertThat(opened.secret()).isEqualTo(given.secret("previous"));
  }

  private static RoomSecret secret(Fields in) {
    return new RoomSecret(in.room("room"), in.number("g"), in.secret("secret"));
  }
}
