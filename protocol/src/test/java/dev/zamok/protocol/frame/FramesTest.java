package dev.zamok.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Checks;
import dev.zamok.protocol.MalformedException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the frames of both directions. */
class FramesTest {
  /** Frames whose last field may have any length, with the smallest size they can have. */
  private static final Map<Class<?>, Integer> OPEN_ENDED =
      Map.of(
          ClientFrame.Hello.class, 2,
          ClientFrame.Renew.class, 2,
          ClientFrame.Publish.class, 38,
          ClientFrame.Signal.class, 18,
          HubFrame.Entry.class, HubFrames.ENTRY_OVERHEAD_BYTES,
          HubFrame.Signal.class, 34);

  static Stream<ClientFrame> client() {
    return Samples.client().stream();
  }

  static Stream<HubFrame> hub() {
    return Samples.hub().stream();
  }

  @ParameterizedTest
  @MethodSource("client")
  void clientFrameComesBackAsItWas(ClientFrame frame) {
    Bytes encoded = ClientFrames.encode(frame);
    assertThat(ClientFrames.decode(encoded)).isEqualTo(frame);
    assertThat(ClientFrames.encode(ClientFrames.decode(encoded))).isEqualTo(encoded);
  }

  @ParameterizedTest
  @MethodSource("hub")
  void hubFrameComesBackAsItWas(HubFrame frame) {
    Bytes encoded = HubFrames.encode(frame);
    assertThat(HubFrames.decode(encoded)).isEqualTo(frame);
    assertThat(HubFrames.encode(HubFrames.decode(encoded))).isEqualTo(encoded);
  }

  @Test
  void samplesHoldEveryKind() {
    Set<Class<?>> kinds = new HashSet<>();
    client().forEach(frame -> kinds.add(frame.getClass()));
    hub().forEach(frame -> kinds.add(frame.getClass()));
    Set<Class<?>> permitted = new HashSet<>();
    permitted.addAll(Set.of(ClientFrame.class.getPermittedSubclasses()));
    permitted.addAll(Set.of(HubFrame.class.getPermittedSubclasses()));
    assertThat(kinds).isEqualTo(permitted);
  }

  @ParameterizedTest
  @MethodSource({"client", "hub"})
  @Checks("P-003")
  void everyTruncatedPrefixIsRefused(Object frame) {
    Bytes whole = encode(frame);
    int smallest = OPEN_ENDED.getOrDefault(frame.getClass(), whole.size());
    for (int size = 0; size < smallest; size++) {
      Bytes prefix = whole.slice(0, size);
      assertThatThrownBy(() -> decode(frame, prefix)).isInstanceOf(MalformedException.class);
    }
  }

  @ParameterizedTest
  @MethodSource({"client", "hub"})
  @Checks("P-004")
  void everyExtendedFrameIsRefusedUnlessItsLastFieldIsOpen(Object frame) {
    Bytes longer = new ByteWriter().bytes(encode(frame)).u8('A').toBytes();
    if (OPEN_ENDED.containsKey(frame.getClass())) {
      assertThat(decode(frame, longer)).isNotEqualTo(frame);
    } else {
      assertThatThrownBy(() -> decode(frame, longer)).hasMessageStartingWith("P-004");
    }
  }

  @Test
  @Checks("P-002")
  void typesOfTheOtherDirectionAreUnknown() {
    for (int type = 0; type < 256; type++) {
      Bytes frame = new ByteWriter().u8(type).toBytes();
      assertThatThrownBy(() -> ClientFrames.decode(frame))
          .hasMessageStartingWith(type >= 1 && type <= 7 ? "P-" : "P-002");
      assertThatThrownBy(() -> HubFrames.decode(frame))
          .hasMessageStartingWith(type >= 0x81 && type <= 0x8a ? "P-003" : "P-002");
    }
  }

  private static Bytes encode(Object frame) {
    return frame instanceof ClientFrame client
        ? ClientFrames.encode(client)
        : HubFrames.encode((HubFrame) frame);
  }

  private static Object decode(Object like, Bytes bytes) {
    return like instanceof ClientFrame ? ClientFrames.decode(bytes) : HubFrames.decode(bytes);
  }
}
