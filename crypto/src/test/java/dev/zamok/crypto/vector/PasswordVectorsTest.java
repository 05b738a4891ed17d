package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.HumanCode;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.InviteCode;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.password.Password;
import dev.zamok.crypto.password.PasswordHasher;
import dev.zamok.protocol.Bytes;
import org.junit.jupiter.api.Nested;

class PasswordVectorsTest {
  @Nested
  class Hashes extends VectorContract {
    @Override
    String construct() {
      return "password";
    }

    @Override
    String description() {
      return "PHC string of the password (NFKC, UTF-8) under the salt, 32 bytes of hash";
    }

    @Override
    void define(VectorSet set) {
      Fields argon =
          new Fields()
              .put("memoryKib", 19_456)
              .put("passes", 2)
              .put("lanes", 1)
              .put("password", "correct horse battery staple")
              .put("random", People.random("salt", 16));
      Fields made = set.ok("Argon2id at its floor", argon);
      set.ok("two lanes", argon.with(new Fields().put("lanes", 2).put("passes", 3)));
      set.ok("composed", argon.with(new Fields().put("password", "\u00e9\ufb01\u212b")));
      set.ok("decomposed", argon.with(new Fields().put("password", "e\u0301fiA\u030a")));
      set.ok(
          "PBKDF2 at its floor",
          new Fields()
              .put("iterations", 600_000)
              .put("password", "пароль")
              .put("random", People.random("salt", 16)));
      String phc = made.text("phc");
      set.fails("below the floor", "malformed", made, phc(phc.replace("m=19456", "m=19455")));
      set.fails("above the ceiling", "malformed", made, phc(phc.replace("m=19456", "m=262145")));
      set.fails("not canonical", "malformed", made, phc(phc.replace("t=2", "t=02")));
      set.fails("padded", "malformed", made, phc(phc + "="));
      set.fails("unknown function", "malformed", made, phc(phc.replace("argon2id", "argon2i")));
    }

    @Override
    Fields compute(Fields in) {
      KdfParams params =
          in.has("iterations")
              ? new KdfParams.Pbkdf2(in.number("iterations"))
              : new KdfParams.Argon2id(
                  in.number("memoryKib"), in.number("passes"), in.number("lanes"));
      // The hasher takes one salt when it is made, for accounts that do not exist.
      FixedRandom random = new FixedRandom(Bytes.fromHex("00".repeat(16) + in.text("random")));
      PasswordHasher hasher = new PasswordHasher(params, random);
      Fields out = phc(hasher.hash(Password.of(in.text("password"))));
      random.end();
      return out;
    }

    @Override
    void open(Fields given) {
      PasswordHasher hasher =
          new PasswordHasher(KdfParams.DEFAULT, new FixedRandom(Bytes.wrap(new byte[16])));
      assertThat(hasher.verify(Password.of(given.text("password")), given.text("phc"))).isTrue();
    }

    private static Fields phc(String text) {
      return new Fields().put("phc", text);
    }
  }

  @Nested
  class Codes extends VectorContract {
    @Override
    String construct() {
      return "code";
    }

    @Override
    String description() {
      return "text of a code of 16 bytes, and the invitation key it seeds in a room:"
          + " kdf(code, -, ctx(\"invite-key\", room))";
    }

    @Override
    void define(VectorSet set) {
      Fields inputs =
          new Fields()
              .put("code", People.random("code", 16))
              .put("room", Fixtures.SEALED.toBytes());
      Fields made = set.ok("random code", inputs);
      set.ok("zeros", inputs.with(new Fields().put("code", Bytes.wrap(new byte[16]))));
      String text = made.text("text");
      char other = text.charAt(0) == 'X' ? 'Y' : 'X';
      set.fails("a typing error", "malformed", made, text(other + text.substring(1)));
      set.fails("a character too few", "malformed", made, text(text.substring(1)));
      set.fails("a character too many", "malformed", made, text(text + "0"));
      set.fails("not a character", "malformed", made, text("U" + text.substring(1)));
    }

    @Override
    Fields compute(Fields in) {
      String text = HumanCode.toText(in.secret("code"));
      Bytes key = InviteCode.parse(text).key(in.room("room")).publicKey().bytes();
      return text(text).put("inviteKey", key);
    }

    @Override
    void open(Fields given) {
      SecretBytes code = HumanCode.parse(given.text("text"));
      assertThat(code).isEqualTo(given.secret("code"));
    }

    private static Fields text(String text) {
      return new Fields().put("text", text);
    }
  }
}
