package dev.zamok.protocol.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Bytes;
import org.junit.jupiter.api.Test;

/** The examples of the standards. Their headers are not ours, so the signatures alone are taken. */
class PublishedVectorsTest {
  private static final String CLAIMS =
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
          + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

  /** RFC 8037 Appendix A.4 and A.5; Ed25519 is deterministic. */
  @Test
  void ed25519ExampleOfRfc8037() {
    String input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    String signature =
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    assertThat(Bytes.wrap(Fixed.key("ed").sign(Fixed.ascii(input))).toBase64Url())
        .isEqualTo(signature);
    verifies("ed", input, signature);
  }

  /** RFC 7515 Appendix A.1. */
  @Test
  void hmacExampleOfRfc7515() {
    String input = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + CLAIMS;
    String signature = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assertThat(Bytes.wrap(Fixed.key("hs").sign(Fixed.ascii(input))).toBase64Url())
        .isEqualTo(signature);
    verifies("hs", input, signature);
  }

  /** RFC 7515 Appendix A.3. */
  @Test
  void ecdsaExampleOfRfc7515() {
    String signature =
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    verifies("ec", "eyJhbGciOiJFUzI1NiJ9." + CLAIMS, signature);
  }

  private static void verifies(String kid, String input, String signature) {
    byte[] bytes = Bytes.fromBase64Url(signature).toByteArray();
    TicketKey key = Fixed.key(kid);
    assertThat(key.verify(Fixed.ascii(input), bytes)).isTrue();
    assertThat(key.verify(Fixed.ascii(input + "A"), bytes)).isFalse();
    bytes[5] ^= 1;
    assertThat(key.verify(Fixed.ascii(input), bytes)).isFalse();
  }
}
