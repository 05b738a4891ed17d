package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.export.ExportFile;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.password.Password;
import dev.zamok.protocol.Bytes;

class ExportVectorsTest extends VectorContract {
  private static final String ARGON2ID = "$argon2id$v=19$m=19456,t=2,p=1$";
  private static final String PBKDF2 = "$pbkdf2-sha512$i=600000$";

  @Override
  String construct() {
    return "export";
  }

  @Override
  String description() {
    return "random = KDF salt 16 ‖ salt 32 of the seal; params holds what precedes the KDF salt;"
        + " file = ctx(\"export\", L(recipe)) ‖ Suite 02 of content, under kdf(KDF(password), -,"
        + " ctx(\"export-key\")), with the header as context";
  }

  @Override
  void define(VectorSet set) {
    Fields argon =
        new Fields()
            .put("password", "Großer Schlüssel")
            .put("params", ARGON2ID)
            .put("content", Bytes.fromHex("7b7d"))
            .put("random", People.random("export", 48));
    Fields made = set.ok("Argon2id", argon);
    set.ok("PBKDF2", argon.with(new Fields().put("params", PBKDF2)));
    set.ok("empty content", argon.with(new Fields().put("content", Bytes.EMPTY)));
    set.fails("another password", "crypto", made, new Fields().put("password", "anders"));
    set.fails("file changed", "crypto", made, flipped(made, "file"));
    byte[] file = made.bytes("file").toByteArray();
    int passes = 19 + ARGON2ID.indexOf("t=2") + 2;
    byte[] more = file.clone();
    more[passes] = '3';
    set.fails("other passes", "crypto", made, new Fields().put("file", Bytes.wrap(more)));
    byte[] weak = file.clone();
    weak[passes] = '1';
    set.fails("too few passes", "malformed", made, new Fields().put("file", Bytes.wrap(weak)));
    Bytes cut = made.bytes("file").slice(0, 60);
    set.fails("cut in the header", "malformed", made, new Fields().put("file", cut));
    Bytes short1 = made.bytes("file").slice(0, file.length - 20);
    set.fails("cut in the seal", "crypto", made, new Fields().put("file", short1));
    byte[] label = file.clone();
    label[14] = 'E';
    set.fails("another label", "malformed", made, new Fields().put("file", Bytes.wrap(label)));
  }

  @Override
  Fields compute(Fields in) {
    FixedRandom random = in.random();
    KdfParams params =
        in.text("params").equals(PBKDF2)
            ? new KdfParams.Pbkdf2(600_000)
            : new KdfParams.Argon2id(19_456, 2, 1);
    Bytes file =
        ExportFile.seal(
            Password.of(in.text("password")), params, in.bytes("content").toByteArray(), random);
    random.end();
    return new Fields().put("file", file);
  }

  @Override
  void open(Fields given) {
    byte[] content = ExportFile.open(Password.of(given.text("password")), given.bytes("file"));
    assertThat(Bytes.wrap(content)).isEqualTo(given.bytes("content"));
  }
}
