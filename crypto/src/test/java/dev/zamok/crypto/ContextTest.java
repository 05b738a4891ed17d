package dev.zamok.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import org.junit.jupiter.api.Test;

class ContextTest {
  @Test
  void startsWithTheSizedLabelAndKeepsTheOrderOfItsFields() {
    Bytes context =
        Context.of("x").u8(1).u32(2).u64(3).sized("é").bytes(Bytes.fromHex("ff")).toBytes();
    assertThat(context.toHex())
        .isEqualTo(
            "000a"
                + "7a616d6f6b2f76312f78"
                + "01"
                + "00000002"
                + "0000000000000003"
                + "0002c3a9"
                + "ff");
  }

  @Test
  void aFieldThatMovesIntoItsNeighbourGivesAnotherContext() {
    assertThat(Context.of("x").sized("ab").sized("c").toBytes())
        .isNotEqualTo(Context.of("x").sized("a").sized("bc").toBytes());
  }

  @Test
  void anotherLabelIsRefused() {
    Bytes context = Context.of("card").toBytes();
    Context.expect(context.reader(), "card");
    assertThatThrownBy(() -> Context.expect(context.reader(), "cart"))
        .isInstanceOf(MalformedException.class);
  }
}
