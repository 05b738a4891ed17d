package dev.zamok.app.chat.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputParserTest {
  @Test
  void whatIsNoCommandIsSaid() {
    assertThat(InputParser.parse("  hello  there ")).isEqualTo(new Input.Say("hello  there"));
    assertThat(InputParser.parse("//etc/hosts")).isEqualTo(new Input.Say("/etc/hosts"));
    assertThat(InputParser.parse("a /quit b")).isEqualTo(new Input.Say("a /quit b"));
    assertThat(InputParser.parse(" ")).isEqualTo(new Input.Plain(Input.Word.NOTHING));
  }

  @Test
  void plainCommandsAreKnownByTheirNames() {
    assertThat(InputParser.parse("/rooms")).isEqualTo(new Input.Plain(Input.Word.ROOMS));
    assertThat(InputParser.parse("/QUIT")).isEqualTo(new Input.Plain(Input.Word.QUIT));
    assertThat(InputParser.parse("/help")).isEqualTo(new Input.Plain(Input.Word.HELP));
    assertThat(InputParser.parse("/channels")).isEqualTo(new Input.Plain(Input.Word.CHANNELS));
    assertThat(InputParser.parse("/leave")).isEqualTo(new Input.Plain(Input.Word.LEAVE));
    assertThat(InputParser.parse("/members")).isEqualTo(new Input.Plain(Input.Word.MEMBERS));
    assertThat(InputParser.parse("/who")).isEqualTo(new Input.Plain(Input.Word.WHO));
  }

  @Test
  void aRoomMayHaveAPolicyAndANameOfSeveralWords() {
    assertThat(InputParser.parse("/new plans")).isEqualTo(new Input.NewRoom("plans", History.FULL));
    assertThat(InputParser.parse("/new our plans from-join"))
        .isEqualTo(new Input.NewRoom("our plans", History.FROM_JOIN));
    assertThat(InputParser.parse("/new none")).isEqualTo(new Input.NewRoom("none", History.FULL));
    assertThat(InputParser.parse("/new x none")).isEqualTo(new Input.NewRoom("x", History.NONE));
    assertThat(InputParser.parse("/channel news open"))
        .isEqualTo(new Input.NewChannel("news", true));
    assertThat(InputParser.parse("/channel open")).isEqualTo(new Input.NewChannel("open", false));
    assertThat(InputParser.parse("/join our plans")).isEqualTo(new Input.Join("our plans"));
  }

  @Test
  void peopleAreInvitedWithARole() {
    assertThat(InputParser.parse("/invite brian"))
        .isEqualTo(new Input.Invite("brian", Role.WRITER));
    assertThat(InputParser.parse("/invite brian reader"))
        .isEqualTo(new Input.Invite("brian", Role.READER));
    assertThat(InputParser.parse("/remove brian")).isEqualTo(new Input.Remove("brian"));
    assertThat(InputParser.parse("/direct brian")).isEqualTo(new Input.Direct("brian"));
  }

  @Test
  void theRestIsUnderstood() {
    assertThat(InputParser.parse("/fingerprint"))
        .isEqualTo(new Input.ShowFingerprint(Optional.empty()));
    assertThat(InputParser.parse("/fingerprint brian"))
        .isEqualTo(new Input.ShowFingerprint(Optional.of("brian")));
    assertThat(InputParser.parse("/history")).isEqualTo(new Input.ShowHistory(20));
    assertThat(InputParser.parse("/history 7")).isEqualTo(new Input.ShowHistory(7));
    assertThat(InputParser.parse("/rotate ratchet")).isEqualTo(new Input.Rotate(false));
    assertThat(InputParser.parse("/rotate reset")).isEqualTo(new Input.Rotate(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nwe x",
        "/",
        "/new",
        "/channel",
        "/join",
        "/direct",
        "/direct a b",
        "/invite",
        "/invite a king",
        "/invite a none",
        "/invite a reader b",
        "/remove",
        "/remove a b",
        "/fingerprint a b",
        "/history 0",
        "/history 501",
        "/history -1",
        "/history 99999999999",
        "/history x",
        "/rotate",
        "/rotate twice",
        "/quit now"
      })
  void aCommandThatIsNotUnderstoodIsNeverSaid(String line) {
    assertThat(InputParser.parse(line)).isInstanceOf(Input.Wrong.class);
  }
}
