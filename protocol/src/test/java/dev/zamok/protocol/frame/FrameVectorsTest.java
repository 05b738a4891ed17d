package dev.zamok.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the files that every implementation of {@code zamok.v1} runs. */
class FrameVectorsTest {
  private static final ClientFields CLIENT = new ClientFields();
  private static final HubFields HUB = new HubFields();

  static Stream<Map<String, Object>> clientFrames() {
    return Vectors.cases("client-frames.json", "frames").stream();
  }

  static Stream<Map<String, Object>> hubFrames() {
    return Vectors.cases("hub-frames.json", "frames").stream();
  }

  static Stream<Map<String, Object>> malformedClientFrames() {
    return Vectors.cases("malformed-frames.json", "client").stream();
  }

  static Stream<Map<String, Object>> malformedHubFrames() {
    return Vectors.cases("malformed-frames.json", "hub").stream();
  }

  @ParameterizedTest
  @MethodSource("clientFrames")
  void clientFrameHasTheseFieldsAndThisOneSpelling(Map<String, Object> vector) {
    Bytes bytes = Bytes.fromHex((String) vector.get("hex"));
    ClientFrame frame = ClientFrames.decode(bytes);
    assertThat(frame.accept(CLIENT)).isEqualTo(vector.get("fields"));
    assertThat(ClientFrames.encode(frame)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("hubFrames")
  void hubFrameHasTheseFieldsAndThisOneSpelling(Map<String, Object> vector) {
    Bytes bytes = Bytes.fromHex((String) vector.get("hex"));
    HubFrame frame = HubFrames.decode(bytes);
    assertThat(frame.accept(HUB)).isEqualTo(vector.get("fields"));
    assertThat(HubFrames.encode(frame)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("malformedClientFrames")
  void malformedClientFrameBreaksTheNamedCheck(Map<String, Object> vector) {
    assertThatThrownBy(() -> ClientFrames.decode(Damaged.bytes(vector)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(vector.get("check") + " ");
  }

  @ParameterizedTest
  @MethodSource("malformedHubFrames")
  void malformedHubFrameBreaksTheNamedCheck(Map<String, Object> vector) {
    assertThatThrownBy(() -> HubFrames.decode(Damaged.bytes(vector)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(vector.get("check") + " ");
  }

  @Test
  void everyKindOfFrameOccurs() {
    assertThat(clientFrames().map(vector -> type((String) vector.get("hex"))).distinct())
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
    assertThat(hubFrames().map(vector -> type((String) vector.get("hex"))).distinct())
        .containsExactlyInAnyOrder(0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a);
  }

  @Test
  void everyValueOfAnEnumOccursWhereItTravels() {
    assertThat(field("entry")).containsAll(names(dev.zamok.protocol.EntryKind.values()));
    assertThat(field("recovery")).containsAll(names(HubFrame.Recovery.values()));
    assertThat(field("request")).containsAll(names(HubFrame.Request.values()));
    assertThat(field("code")).containsAll(names(dev.zamok.protocol.ErrorCode.values()));
  }

  @Test
  void filesAreWhatTheSamplesMake() {
    List<Object> client = new ArrayList<>();
    for (ClientFrame frame : Samples.client()) {
      client.add(vector(ClientFrames.encode(frame), frame.accept(CLIENT)));
    }
    Vectors.check(
        "client-frames.json",
        file(
            "Frames from client to hub: decoding hex gives fields, encoding fields gives hex.",
            "frames",
            client));
    List<Object> hub = new ArrayList<>();
    for (HubFrame frame : Samples.hub()) {
      hub.add(vector(HubFrames.encode(frame), frame.accept(HUB)));
    }
    Vectors.check(
        "hub-frames.json",
        file(
            "Frames from hub to client: decoding hex gives fields, encoding fields gives hex.",
            "frames",
            hub));
    Map<String, Object> malformed =
        file(
            "Decoding hex, followed by fill bytes of 5a, fails at check, a number of PROTOCOL.md.",
            "client",
            Damaged.client());
    malformed.put("hub", Damaged.hub());
    Vectors.check("malformed-frames.json", malformed);
  }

  private static Map<String, Object> file(String about, String list, List<Object> cases) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("about", about);
    file.put(list, cases);
    return file;
  }

  private static Map<String, Object> vector(Bytes frame, Map<String, Object> fields) {
    return ClientFields.of("fields", fields, "hex", frame.toHex());
  }

  private static int type(String hex) {
    return Integer.parseInt(hex, 0, 2, 16);
  }

  private static Stream<Object> field(String name) {
    return hubFrames().map(vector -> String.valueOf(((Map<?, ?>) vector.get("fields")).get(name)));
  }

  private static List<Object> names(Enum<?>[] values) {
    return Arrays.<Object>asList(Arrays.stream(values).map(Enum::name).toArray());
  }
}
