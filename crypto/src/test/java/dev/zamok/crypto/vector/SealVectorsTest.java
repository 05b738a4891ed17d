package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.crypto.seal.Seal02;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import org.junit.jupiter.api.Nested;

class SealVectorsTest {
  @Nested
  class Suite01 extends VectorContract {
    @Override
    String construct() {
      return "seal01";
    }

    @Override
    String description() {
      return "sealed = 01 ‖ nonce 12 (random) ‖ AES-256-GCM(key, nonce, plaintext, aad);"
          + " aad = 01 ‖ context";
    }

    @Override
    void define(VectorSet set) {
      SealVectorsTest.define(set, 12);
    }

    @Override
    Fields compute(Fields in) {
      FixedRandom random = in.random();
      Bytes sealed =
          Seal01.with(in.secret("key"))
              .seal(in.bytes("context"), in.bytes("plaintext").toByteArray(), random);
      random.end();
      return new Fields().put("aad", Seal01.aad(in.bytes("context"))).put("sealed", sealed);
    }

    @Override
    void open(Fields given) {
      Seal01 seal = Seal01.with(given.secret("key"));
      byte[] opened = seal.open(given.bytes("context"), given.bytes("sealed"));
      assertThat(opened).isEqualTo(given.bytes("plaintext").toByteArray());
    }
  }

  @Nested
  class Suite02 extends VectorContract {
    @Override
    String construct() {
      return "seal02";
    }

    @Override
    String description() {
      return "k ‖ commit = HKDF(key, salt, ctx(\"commit\"), 64); sealed = 02 ‖ salt 32 (random)"
          + " ‖ commit 32 ‖ AES-256-GCM(k, zero nonce, plaintext, aad); aad = 02 ‖ context";
    }

    @Override
    void define(VectorSet set) {
      SealVectorsTest.define(set, 32);
    }

    @Override
    Fields compute(Fields in) {
      FixedRandom random = in.random();
      Bytes sealed =
          Seal02.with(in.secret("key"))
              .seal(in.bytes("context"), in.bytes("plaintext").toByteArray(), random);
      random.end();
      SecretBytes both =
          Kdf.derive(in.secret("key"), in.bytes("random"), Context.of("commit").toBytes(), 64);
      return new Fields()
          .put("k", both.slice(0, 32))
          .put("commit", both.slice(32, 64))
          .put("aad", new ByteWriter().u8(2).bytes(in.bytes("context")).toBytes())
          .put("sealed", sealed);
    }

    @Override
    void open(Fields given) {
      Seal02 seal = Seal02.with(given.secret("key"));
      byte[] opened = seal.open(given.bytes("context"), given.bytes("sealed"));
      assertThat(opened).isEqualTo(given.bytes("plaintext").toByteArray());
    }
  }

  private static void define(VectorSet set, int randomBytes) {
    Fields inputs =
        new Fields()
            .put("key", People.random("key", 32))
            .put("context", Context.of("example").u32(7).toBytes())
            .put("plaintext", Bytes.fromHex("5a616d6f6b"))
            .put("random", People.random("seal", randomBytes));
    Fields sealed = set.ok("a few bytes", inputs);
    set.ok("nothing", inputs.with(new Fields().put("plaintext", Bytes.EMPTY)));
    set.ok(
        "several blocks and no context",
        inputs.with(
            new Fields()
                .put("plaintext", People.random("plaintext", 100))
                .put("context", Bytes.EMPTY)));
    Bytes bytes = sealed.bytes("sealed");
    set.fails("tag changed", "crypto", sealed, VectorContract.flipped(sealed, "sealed"));
    set.fails("context changed", "crypto", sealed, VectorContract.flipped(sealed, "context"));
    set.fails("key changed", "crypto", sealed, VectorContract.flipped(sealed, "key"));
    set.fails(
        "cut", "crypto", sealed, new Fields().put("sealed", bytes.slice(0, bytes.size() - 1)));
    set.fails("empty", "crypto", sealed, new Fields().put("sealed", Bytes.EMPTY));
    byte[] suite = bytes.toByteArray();
    suite[0] = 3;
    set.fails("unknown suite", "crypto", sealed, new Fields().put("sealed", Bytes.wrap(suite)));
  }
}
