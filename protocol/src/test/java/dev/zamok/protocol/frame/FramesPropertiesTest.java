package dev.zamok.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes: it is refused, or it is the only spelling of what was read. */
class FramesPropertiesTest {
  private static final List<Bytes> CLIENT =
      Samples.client().stream().map(ClientFrames::encode).toList();
  private static final List<Bytes> HUB = Samples.hub().stream().map(HubFrames::encode).toList();

  @Property(seed = "1", tries = 5_000)
  void clientFrameIsRefusedOrCanonical(@ForAll("clientBytes") byte[] bytes) {
    refusedOrCanonical(bytes, frame -> ClientFrames.encode(ClientFrames.decode(frame)));
  }

  @Property(seed = "2", tries = 5_000)
  void hubFrameIsRefusedOrCanonical(@ForAll("hubBytes") byte[] bytes) {
    refusedOrCanonical(bytes, frame -> HubFrames.encode(HubFrames.decode(frame)));
  }

  private static void refusedOrCanonical(byte[] bytes, Function<Bytes, Bytes> roundTrip) {
    Bytes frame = Bytes.copyOf(bytes);
    Bytes again;
    try {
      again = roundTrip.apply(frame);
    } catch (MalformedException e) {
      assertThat(e.getMessage()).matches("P-\\d{3} .+");
      return;
    }
    assertThat(again).isEqualTo(frame);
  }

  @Provide
  Arbitrary<byte[]> clientBytes() {
    return Arbitraries.oneOf(random(1, 7), damaged(CLIENT));
  }

  @Provide
  Arbitrary<byte[]> hubBytes() {
    return Arbitraries.oneOf(random(0x81, 0x8a), damaged(HUB));
  }

  /** A type of the direction and anything behind it. */
  private static Arbitrary<byte[]> random(int firstType, int lastType) {
    Arbitrary<Integer> type = Arbitraries.integers().between(firstType - 1, lastType + 1);
    Arbitrary<byte[]> rest = Arbitraries.bytes().array(byte[].class).ofMaxSize(120);
    return Combinators.combine(type, rest)
        .as(
            (first, bytes) -> {
              byte[] frame = new byte[bytes.length + 1];
              frame[0] = (byte) (int) first;
              System.arraycopy(bytes, 0, frame, 1, bytes.length);
              return frame;
            });
  }

  /** A good frame with one byte changed: mostly it stays good, and deeper checks are reached. */
  private static Arbitrary<byte[]> damaged(List<Bytes> frames) {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, 10_000);
    return Combinators.combine(Arbitraries.of(frames), place, Arbitraries.bytes())
        .as(
            (frame, at, value) -> {
              byte[] bytes = frame.toByteArray();
              bytes[at % bytes.length] = value;
              return bytes;
            });
  }
}
