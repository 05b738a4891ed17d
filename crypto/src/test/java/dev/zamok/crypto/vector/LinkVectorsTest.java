package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.link.LinkKey;
import dev.zamok.protocol.Bytes;
import org.jspecify.annotations.Nullable;

class LinkVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "link";
  }

  @Override
  String description() {
    return "fragment = base64url of id 16 ‖ key 32 ‖ flags u8; code is empty where none is needed;"
        + " random = salt 32; tokenHash = h(token)";
  }

  @Override
  void define(VectorSet set) {
    Fields inputs =
        new Fields()
            .put("fragment", fragment(0))
            .put("code", Bytes.EMPTY)
            .put("content", Bytes.fromHex("7b7d"))
            .put("random", People.random("link salt", 32));
    Fields plain = set.ok("without a code", inputs);
    Fields coded =
        set.ok(
            "with a code",
            inputs.with(
                new Fields().put("fragment", fragment(1)).put("code", People.random("code", 16))));
    set.fails("another sealed", "crypto", plain, flipped(plain, "sealed"));
    set.fails("another code", "crypto", coded, flipped(coded, "code"));
    set.fails("no code", "crypto", coded, new Fields().put("code", Bytes.EMPTY));
    set.fails(
        "the code left out of the flags",
        "crypto",
        coded,
        new Fields().put("fragment", fragment(0)));
    set.fails("unknown flags", "malformed", plain, new Fields().put("fragment", fragment(2)));
    set.fails("cut", "malformed", plain, new Fields().put("fragment", fragment(0).substring(4)));
  }

  private static String fragment(int flags) {
    byte[] raw = new byte[49];
    People.random("link id", 16).copyTo(raw, 0);
    People.random("link key", 32).copyTo(raw, 16);
    raw[48] = (byte) flags;
    return Bytes.wrap(raw).toBase64Url();
  }

  @Override
  Fields compute(Fields in) {
    FixedRandom random = in.random();
    LinkKey key = LinkKey.parse(in.text("fragment"));
    Bytes sealed = key.seal(code(in), in.bytes("content"), random);
    random.end();
    assertThat(key.toFragment()).isEqualTo(in.text("fragment"));
    Bytes token = Bytes.wrap(key.token(code(in)).toByteArray());
    return new Fields()
        .put("id", key.id())
        .put("sealed", sealed)
        .put("token", token)
        .put("tokenHash", Hash.of(token).bytes());
  }

  @Override
  void open(Fields given) {
    LinkKey key = LinkKey.parse(given.text("fragment"));
    assertThat(key.open(code(given), given.bytes("sealed"))).isEqualTo(given.bytes("content"));
  }

  private static @Nullable SecretBytes code(Fields in) {
    Bytes code = in.bytes("code");
    return code.isEmpty() ? null : SecretBytes.copyOf(code);
  }
}
