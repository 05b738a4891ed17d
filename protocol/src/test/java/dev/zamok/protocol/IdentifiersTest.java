package dev.zamok.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class IdentifiersTest {
  private static final String HEX_16 = "0102030405060708fffefdfcfbfaf9f8";
  private static final String HEX_8 = "fffefdfcfbfaf9f8";

  @Test
  void everyIdentifierComesBackAsItWas() {
    check(HEX_16, RoomId::of, RoomId::parse, RoomId::toBytes, RoomId::write);
    check(HEX_16, AccountId::of, AccountId::parse, AccountId::toBytes, AccountId::write);
    check(HEX_16, ItemId::of, ItemId::parse, ItemId::toBytes, ItemId::write);
    check(HEX_16, MessageId::of, MessageId::parse, MessageId::toBytes, MessageId::write);
    check(HEX_16, SessionId::of, SessionId::parse, SessionId::toBytes, SessionId::write);
    check(
        HEX_16, ConnectionId::of, ConnectionId::parse, ConnectionId::toBytes, ConnectionId::write);
    check(HEX_8, MemberTag::of, MemberTag::parse, MemberTag::toBytes, MemberTag::write);
    check(HEX_8, DeviceId::of, DeviceId::parse, DeviceId::toBytes, DeviceId::write);
    check(HEX_8, KeyId::of, KeyId::parse, KeyId::toBytes, KeyId::write);
  }

  private interface Write<T> {
    void to(T id, ByteWriter writer);
  }

  private static <T> void check(
      String hex,
      Function<Bytes, T> of,
      Function<String, T> parse,
      Function<T, Bytes> toBytes,
      Write<T> write) {
    Bytes bytes = Bytes.fromHex(hex);
    T id = of.apply(bytes);
    assertThat(toBytes.apply(id)).isEqualTo(bytes);
    assertThat(id.toString()).isEqualTo(bytes.toBase64Url());
    assertThat(parse.apply(id.toString())).isEqualTo(id).hasSameHashCodeAs(id);
    ByteWriter writer = new ByteWriter();
    write.to(id, writer);
    assertThat(writer.toBytes()).isEqualTo(bytes);
    refused(() -> of.apply(bytes.slice(1, bytes.size())));
    refused(() -> of.apply(new ByteWriter().bytes(bytes).u8(0).toBytes()));
    refused(() -> parse.apply(""));
    refused(() -> parse.apply(id + "A"));
    refused(() -> parse.apply(id + "="));
    refused(() -> parse.apply(id.toString().substring(1) + "+"));
    refused(() -> parse.apply(id.toString().substring(1) + "\u0142"));
    refused(() -> parse.apply("A".repeat(1_000)));
  }

  /** The last character carries spare bits: only one spelling is taken. */
  @Test
  void spareBitsOfTheLastCharacterMustBeZero() {
    assertThat(MemberTag.parse("AAAAAAAAAAA")).isEqualTo(MemberTag.NONE);
    refused(() -> MemberTag.parse("AAAAAAAAAAB"));
    assertThat(MessageId.parse("A".repeat(22))).isEqualTo(MessageId.NONE);
    refused(() -> MessageId.parse("A".repeat(21) + "P"));
  }

  @Test
  @Checks("P-006")
  void trustOfARoomIsItsFirstByte() {
    assertThat(new RoomId(1L << 56, 5).trust()).isEqualTo(Trust.MANAGED);
    assertThat(new RoomId(2L << 56, 5).trust()).isEqualTo(Trust.SEALED);
    assertThatThrownBy(() -> new RoomId(0x82L << 56, 5).trust()).hasMessageStartingWith("P-006");
    assertThatThrownBy(RoomId.NONE::trust).hasMessageStartingWith("P-006");
  }

  /** Whoever types one to a command would name an option otherwise. */
  @Test
  void idsThatPeopleTypeNeverStartWithAHyphen() {
    RandomGenerator hyphen = () -> 0xFBL << 56;
    assertThat(new DeviceId(hyphen.nextLong()).toString()).startsWith("-");
    assertThat(DeviceId.random(hyphen).toString()).startsWith("e");
    assertThat(ItemId.random(hyphen).toString()).startsWith("e");
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(MalformedException.class);
  }
}
