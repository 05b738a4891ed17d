package dev.zamok.app.chat.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zamok.client.room.RoomSignal;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.content.Extra;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private static final RoomLabel ROOM = Strangers.room("plä\u001bns\u007f");

  private static JsonNode read(String line) throws Exception {
    assertThat(line).matches("[ -~]+");
    JsonNode node = new ObjectMapper().readTree(line);
    assertThat(node.path("room").asText()).isEqualTo(ROOM.id().toString());
    assertThat(node.path("name").asText()).isEqualTo(ROOM.name());
    return node;
  }

  @Test
  void aMessageIsOneLineOfAsciiThatReadsBack() throws Exception {
    String text = "a\nб\u007f\u202e👩";
    JsonNode line =
        read(
            JsonLines.message(
                ROOM,
                Strangers.message(
                    "ada\u009b",
                    "{\"kind\":\"text\",\"text\":\"a\\nб\u202e👩\"}",
                    Strangers.TIME)));
    assertThat(line.path("type").asText()).isEqualTo("message");
    assertThat(line.path("author").asText()).isEqualTo("ada\u009b");
    assertThat(line.path("position").asText()).isEqualTo("1-5");
    assertThat(line.path("time").asText()).isEqualTo("2026-09-21T14:13:20Z");
    assertThat(line.path("content").path("text").asText()).isEqualTo(text.replace("\u007f", ""));
  }

  @Test
  void everythingElseIsALineToo() throws Exception {
    Content typing = new Content.Typing(true, Extra.NONE);
    assertThat(
            read(JsonLines.signal(ROOM, new RoomSignal(Strangers.contact("b"), 1, typing)))
                .path("content")
                .path("on")
                .asBoolean())
        .isTrue();
    assertThat(read(JsonLines.gap(ROOM, Position.ZERO, Position.of(1, 2))).path("upTo").asText())
        .isEqualTo("1-2");
    assertThat(
            read(JsonLines.repaired(ROOM, Position.of(1, 1), Position.of(1, 2)))
                .path("after")
                .asText())
        .isEqualTo("1-1");
    assertThat(
            read(JsonLines.withdrawn(ROOM, List.of(Position.of(1, 1))))
                .path("positions")
                .path(0)
                .asText())
        .isEqualTo("1-1");
    assertThat(read(JsonLines.membership(ROOM, List.of("x"))).path("changes").path(0).asText())
        .isEqualTo("x");
    assertThat(read(JsonLines.state(ROOM, RoomState.OWES_GENERATION)).path("state").asText())
        .isEqualTo("owes-generation");
    JsonNode warning =
        read(
            JsonLines.warning(
                ROOM, new RoomWarning(RoomWarning.Kind.REFUSED, Position.of(1, 3), "x\u001b")));
    assertThat(warning.path("loud").asBoolean()).isTrue();
    assertThat(warning.path("warning").asText()).isEqualTo("refused");
  }
}
