package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.account.CacheKey;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.Locale;

class CacheVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "cache";
  }

  @Override
  String description() {
    return "random = salt 32 of the seal; sealed = Suite 02 of content under kdf(UK, -,"
        + " ctx(\"cache-key\", account)), with the context ctx(\"cache\", account, room) for the"
        + " part chain and ctx(\"cache-items\", account, room) for the part items";
  }

  @Override
  void define(VectorSet set) {
    Fields chain =
        new Fields()
            .put("unlockKey", People.random("unlock key", 32))
            .put("account", People.random("account", 16))
            .put("room", room(7))
            .put("part", "chain")
            .put("content", Bytes.fromHex("02c0ffee"))
            .put("random", People.random("cache", 32));
    Fields made = set.ok("chain", chain);
    set.ok("items", chain.with(new Fields().put("part", "items")));
    set.ok("empty content", chain.with(new Fields().put("content", Bytes.EMPTY)));
    set.fails("as the other part", "crypto", made, new Fields().put("part", "items"));
    set.fails("of another room", "crypto", made, new Fields().put("room", room(8)));
    set.fails("of another account", "crypto", made, flipped(made, "account"));
    set.fails("under another key", "crypto", made, flipped(made, "unlockKey"));
    set.fails("changed", "crypto", made, flipped(made, "sealed"));
    Bytes cut = made.bytes("sealed").slice(0, made.bytes("sealed").size() - 1);
    set.fails("cut", "crypto", made, new Fields().put("sealed", cut));
  }

  private static Bytes room(int last) {
    return new RoomId(2L << 56 | 1, last).toBytes();
  }

  @Override
  Fields compute(Fields in) {
    FixedRandom random = in.random();
    byte[] content = in.bytes("content").toByteArray();
    Bytes sealed = key(in).seal(part(in), RoomId.of(in.bytes("room")), content, random);
    random.end();
    return new Fields().put("sealed", sealed);
  }

  @Override
  void open(Fields given) {
    byte[] content =
        key(given).open(part(given), RoomId.of(given.bytes("room")), given.bytes("sealed"));
    assertThat(Bytes.wrap(content)).isEqualTo(given.bytes("content"));
  }

  private static CacheKey key(Fields in) {
    UnlockKey unlockKey = UnlockKey.random(new FixedRandom(in.bytes("unlockKey")));
    return CacheKey.of(unlockKey, AccountId.of(in.bytes("account")));
  }

  private static CacheKey.Part part(Fields in) {
    return CacheKey.Part.valueOf(in.text("part").toUpperCase(Locale.ROOT));
  }
}
