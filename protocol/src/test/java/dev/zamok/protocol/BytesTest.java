package dev.zamok.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BytesTest {
  private static final Bytes ABC = Bytes.fromHex("616263");

  @Test
  void copyDoesNotFollowItsSource() {
    byte[] source = {1, 2};
    Bytes copy = Bytes.copyOf(source);
    source[0] = 9;
    assertThat(copy).isEqualTo(Bytes.fromHex("0102"));
    copy.toByteArray()[0] = 9;
    assertThat(copy).isEqualTo(Bytes.fromHex("0102"));
  }

  @Test
  void viewEqualsACopyOfTheSameBytes() {
    Bytes view = Bytes.fromHex("0061626300").slice(1, 4);
    assertThat(view).isEqualTo(ABC).hasSameHashCodeAs(ABC);
    assertThat(view.toBase64Url()).isEqualTo("YWJj");
    assertThat(view.toHex()).isEqualTo("616263");
    assertThat(view.get(2)).isEqualTo((byte) 'c');
    assertThat(view.asByteBuffer().remaining()).isEqualTo(3);
    assertThat(view.asByteBuffer().isReadOnly()).isTrue();
    assertThat(view.slice(3, 3)).isSameAs(Bytes.EMPTY);
    assertThat(view).isNotEqualTo(Bytes.fromHex("616264")).isNotEqualTo(Bytes.EMPTY);
  }

  @Test
  void nothingBeyondAViewCanBeReached() {
    Bytes view = Bytes.fromHex("0061626300").slice(1, 4);
    assertThatThrownBy(() -> view.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> view.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> view.slice(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> view.reader().bytes(4)).hasMessageStartingWith("P-003");
    assertThatThrownBy(() -> view.reader().bytes(-1)).hasMessageStartingWith("P-003");
  }

  @Test
  void base64UrlIsReadInItsOnlySpellingAlone() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int read = 0;
    for (char first : alphabet.toCharArray()) {
      for (char second : alphabet.toCharArray()) {
        for (String before : List.of("", "A", "AAAA", "AAAAA")) {
          String text = before + first + second;
          try {
            assertThat(Bytes.fromBase64Url(text).toBase64Url()).isEqualTo(text);
            read++;
          } catch (IllegalArgumentException e) {
            assertThat(text.length() % 4 == 2 || text.length() % 4 == 3).isTrue();
          }
        }
      }
    }
    // Of the last character 2 of 6 bits count where two make a byte, 4 where three make two.
    assertThat(read).isEqualTo(2 * (64 * 4) + 2 * (64 * 16));
    for (String text : List.of("YQ==", "YWI=", "YWJj=", "Y", "YWJjY", "YW Jj", "YW+j", "YWJj\n")) {
      assertThatThrownBy(() -> Bytes.fromBase64Url(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Bytes.fromBase64Url("")).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void contentsDoNotAppearInToString() {
    assertThat(ABC).hasToString("Bytes[3]");
  }

  @Test
  void readerGivesBackWhatTheWriterTook() {
    ByteWriter writer = new ByteWriter(1);
    writer.u8(255).u16(65_535).u32(Integer.MAX_VALUE).u64(-1).sized(ABC).bytes(new byte[] {7});
    assertThat(writer.toBytes().toHex())
        .isEqualTo("ff" + "ffff" + "7fffffff" + "ffffffffffffffff" + "0003616263" + "07");
    assertThat(writer.size()).isEqualTo(21);
    ByteReader reader = writer.toBytes().reader();
    assertThat(reader.u8()).isEqualTo(255);
    assertThat(reader.u16()).isEqualTo(65_535);
    assertThat(reader.u32()).isEqualTo(Integer.MAX_VALUE);
    assertThat(reader.u64()).isEqualTo(-1);
    assertThat(reader.sized()).isEqualTo(ABC);
    assertThatThrownBy(reader::end).hasMessageStartingWith("P-004");
    assertThat(reader.remaining()).isEqualTo(1);
    assertThat(reader.rest().size()).isEqualTo(1);
    reader.end();
    assertThatThrownBy(reader::u8).hasMessageStartingWith("P-003");
  }

  @Test
  @Checks("P-005")
  void numbersOf2To31AndTimesOf2To53AreRefused() {
    assertThatThrownBy(() -> Bytes.fromHex("80000000").reader().u32())
        .hasMessageStartingWith("P-005");
    assertThat(Bytes.fromHex("001fffffffffffff").reader().millis())
        .isEqualTo(9_007_199_254_740_991L);
    assertThatThrownBy(() -> Bytes.fromHex("0020000000000000").reader().millis())
        .hasMessageStartingWith("P-005");
    assertThatThrownBy(() -> Bytes.fromHex("ffffffffffffffff").reader().millis())
        .hasMessageStartingWith("P-005");
  }

  @Test
  void writerRefusesWhatAFieldCannotHold() {
    ByteWriter writer = new ByteWriter();
    assertThatThrownBy(() -> writer.u8(256)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.u8(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.u16(65_536)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.u32(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.sized(Bytes.wrap(new byte[65_536])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(writer.size()).isZero();
  }
}
