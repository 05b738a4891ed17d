package dev.zamok.app.chat.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.protocol.Position;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  private static final LocalDate TODAY =
      Instant.ofEpochMilli(Strangers.TIME).atZone(ZoneOffset.UTC).toLocalDate();

  private final Transcript transcript = new Transcript(ZoneOffset.UTC);

  private String shown(String login, String json) {
    return transcript
        .message(Strangers.room("plans"), Strangers.message(login, json, Strangers.TIME), TODAY)
        .orElse("");
  }

  @Test
  void aMessageShowsTimeRoomAndAuthor() {
    assertThat(shown("ada", "{\"kind\":\"text\",\"text\":\"hello\"}"))
        .isEqualTo("14:13 #plans ada: hello");
  }

  @Test
  void aMessageOfAnotherDayShowsTheDay() {
    assertThat(
            transcript.message(
                Strangers.room("plans"),
                Strangers.message(
                    "ada", "{\"kind\":\"text\",\"text\":\"x\"}", Strangers.TIME - 86_400_000),
                TODAY.plusDays(1)))
        .hasValue("2026-09-21 14:13 #plans ada (written 2026-09-20 14:13): x");
  }

  @Test
  void aClaimedTimeBeyondAllDatesDoesNoHarm() {
    assertThat(
            transcript.message(
                Strangers.room("plans"),
                Strangers.message("ada", "{\"kind\":\"text\",\"text\":\"x\"}", Long.MIN_VALUE),
                TODAY))
        .hasValueSatisfying(line -> assertThat(line).endsWith("(written 1970-01-01 00:00): x"));
  }

  @Test
  void terminalEscapesInNamesAndContentsAreMadeVisible() {
    assertThat(shown("ad\u001b[2Ja", "{\"kind\":\"text\",\"text\":\"a\u202eb\"}"))
        .isEqualTo("14:13 #plans ad\\u{1B}[2Ja: a\\u{202E}b");
    assertThat(Strangers.room("p\u0007\n12:00").shown()).isEqualTo("#p\\u{7}\\u{A}12:00");
    assertThat(
            Transcript.warning(
                Strangers.room("plans"),
                new RoomWarning(RoomWarning.Kind.TAMPERED, Position.ZERO, "x\u001b[1m")))
        .isEqualTo("#plans: tampered: x\\u{1B}[1m");
  }

  @Test
  void aSecondLineCannotPassForAnotherMessage() {
    assertThat(shown("ada", "{\"kind\":\"text\",\"text\":\"a\\n14:13 #plans brian: b\"}"))
        .isEqualTo("14:13 #plans ada: a\n      | 14:13 #plans brian: b");
  }

  @Test
  void whatThisVersionDoesNotKnowIsSaidToBeSo() {
    assertThat(shown("ada", "{\"kind\":\"poll\",\"x\":1}"))
        .isEqualTo("14:13 #plans ada * sent a poll, which this version does not know");
  }

  @Test
  void readMarkersAreNotWorthALine() {
    assertThat(shown("ada", "{\"kind\":\"read\",\"upTo\":\"1-5\"}")).isEmpty();
  }

  @Test
  void everyStateHasWords() {
    for (RoomState state : RoomState.values()) {
      assertThat(Transcript.state(Strangers.room("plans"), state)).startsWith("-- #plans: ");
    }
    assertThat(Transcript.isLoud(RoomState.OWES_GENERATION)).isTrue();
    assertThat(Transcript.isLoud(RoomState.LIVE)).isFalse();
  }
}
