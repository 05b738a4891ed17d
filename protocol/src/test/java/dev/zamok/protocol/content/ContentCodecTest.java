package dev.zamok.protocol.content;

import static dev.zamok.protocol.content.Kinds.ID;
import static dev.zamok.protocol.content.Kinds.TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Checks;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodecTest {
  private static final String REF = "[\"0NHS09TV1tc\",\"wMHCw8TFxsfIycrLzM3Ozw\"]";

  static Collection<Content> messages() {
    return Kinds.messages().values();
  }

  static Collection<Content> signals() {
    return Kinds.signals().values();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void messageComesBackAsItWas(Content content) {
    Bytes json = ContentCodec.encode(content, Carrier.MESSAGE);
    assertThat(ContentCodec.decode(json, Carrier.MESSAGE)).isEqualTo(content);
  }

  @ParameterizedTest
  @MethodSource("signals")
  void signalComesBackAsItWas(Content content) {
    Bytes json = ContentCodec.encode(content, Carrier.SIGNAL);
    assertThat(ContentCodec.decode(json, Carrier.SIGNAL)).isEqualTo(content);
  }

  @Test
  void samplesHoldEveryKind() {
    Set<Class<?>> kinds = new HashSet<>();
    messages().forEach(content -> kinds.add(content.getClass()));
    signals().forEach(content -> kinds.add(content.getClass()));
    assertThat(kinds).isEqualTo(Set.of(Content.class.getPermittedSubclasses()));
  }

  @Test
  void unknownKindIsKeptWithAllItSays() {
    String json = "{\"kind\":\"poll\",\"ask\":\"Tea?\",\"of\":[\"yes\",\"no\"],\"max\":1}";
    Content content = decode(json);
    assertThat(content).isInstanceOf(Content.Unknown.class);
    assertThat(((Content.Unknown) content).json()).isEqualTo(json);
  }

  @Test
  void unknownMembersOfAKnownKindAreKept() {
    String json = "{\"kind\":\"removal\",\"of\":" + REF + ",\"why\":\"spam\"}";
    Content content = decode(json);
    assertThat(content.extra().members()).isEqualTo(Map.of("why", "spam"));
    assertThat(text(ContentCodec.encode(content, Carrier.MESSAGE))).isEqualTo(json);
  }

  @Test
  @Checks("C-001")
  void messageHas60000BytesAndASignal3800() {
    for (Carrier carrier : Carrier.values()) {
      String start = "{\"kind\":\"x\",\"pad\":\"";
      String fits = start + "a".repeat(carrier.bytesMax() - start.length() - 2) + "\"}";
      assertThat(ContentCodec.decode(bytes(fits), carrier)).isInstanceOf(Content.Unknown.class);
      Bytes longer = bytes(fits.replace("\"}", "a\"}"));
      assertThatThrownBy(() -> ContentCodec.decode(longer, carrier))
          .hasMessageStartingWith("C-001");
    }
    // 16,000 of these take three bytes each and fit; with as many again beside them they do not.
    Words wide = new Words("\u4e16".repeat(16_000));
    ContentCodec.encode(new Content.Text(wide, List.of(), Extra.NONE), Carrier.MESSAGE);
    Extra pad = new Extra(Map.of("pad", wide.text()));
    throwsAt(
        "C-001",
        () -> ContentCodec.encode(new Content.Text(wide, List.of(), pad), Carrier.MESSAGE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"kind\":\"x\",\"a\":null}",
        "{\"kind\":\"x\",\"a\":1.5}",
        "{\"kind\":\"x\",\"a\":1,\"a\":2}",
        "{\"kind\":\"x\",\"kind\":\"y\"}",
        "{\"kind\":\"x\",\"a\":[[[[[[[[1]]]]]]]]}",
        "{\"kind\":\"text\",\"text\":\"\\ud800\"}",
        "{\"kind\":\"x\"}{}"
      })
  @Checks("C-002")
  void looseJsonIsRefused(String json) {
    refused("C-002", json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"typing\", \"on\":true}",
        " {\"kind\":\"typing\",\"on\":true}",
        "{\"on\":true,\"kind\":\"typing\"}",
        "{\"kind\":\"typing\",\"later\":1,\"on\":true}",
        "{\"kind\":\"typing\",\"\\u006fn\":true}",
        "{\"kind\":\"x\",\"a\":-0}",
        "{\"kind\":\"x\",\"a\":\"\\/\"}",
        "{\"kind\":\"x\",\"a\":\"\\u001F\"}",
        "{\"kind\":\"x\",\"a\":\"\\u000a\"}"
      })
  @Checks("C-003")
  void otherSpellingIsRefused(String json) {
    assertThatThrownBy(() -> ContentCodec.decode(bytes(json), Carrier.SIGNAL))
        .hasMessageStartingWith("C-003 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "__proto__", "a b", "é", "a.b", "-"})
  @Checks("C-004")
  void memberOfAnOddNameIsRefusedAtAnyDepth(String name) {
    refused("C-004", "{\"kind\":\"x\",\"" + name + "\":1}");
    refused("C-004", "{\"kind\":\"x\",\"a\":[{\"b\":{\"" + name + "\":1}}]}");
  }

  @Test
  @Checks("C-004")
  void nameHasAtMost64Characters() {
    decode("{\"kind\":\"x\",\"" + "n".repeat(64) + "\":1}");
    refused("C-004", "{\"kind\":\"x\",\"" + "n".repeat(65) + "\":1}");
  }

  @Test
  @Checks("C-005")
  void kindIsAPlainName() {
    decode("{\"kind\":\"" + "k".repeat(32) + "\"}");
    for (String kind : List.of("", "k".repeat(33), "Text", "1", "-", "a_b", "a\\n")) {
      refused("C-005", "{\"kind\":\"" + kind + "\"}");
    }
    throwsAt("C-005", () -> new Content.Unknown("text", Extra.NONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"kind\":1}",
        "{\"kind\":\"text\"}",
        "{\"kind\":\"text\",\"text\":1}",
        "{\"kind\":\"text\",\"text\":\"a\",\"mentions\":{}}",
        "{\"kind\":\"reply\",\"text\":\"a\"}",
        "{\"kind\":\"edit\",\"text\":\"a\"}",
        "{\"kind\":\"reaction\",\"to\":@,\"emoji\":\"a\"}",
        "{\"kind\":\"reaction\",\"to\":@,\"emoji\":\"a\",\"on\":1}",
        "{\"kind\":\"removal\"}",
        "{\"kind\":\"read\",\"upTo\":3}",
        "{\"kind\":\"typing\",\"on\":\"true\"}",
        "{\"kind\":\"item\",\"item\":\"EBESExQVFhcYGRobHB0eHw\",\"version\":\"1\"}"
      })
  @Checks("C-006")
  void missingMemberOrOneOfAnotherTypeIsRefused(String json) {
    refused("C-006", json.replace("@", REF));
  }

  @Test
  @Checks("C-006")
  void knownMemberCannotHideAmongTheExtraOnes() {
    Words words = new Words("a");
    Extra mentions = new Extra(Map.of("mentions", List.of("everyone")));
    throwsAt("C-006", () -> new Content.Text(words, List.of(), mentions));
    throwsAt("C-006", () -> new Content.Edit(ID, words, List.of(), mentions));
    Extra text = new Extra(Map.of("text", "b"));
    throwsAt("C-006", () -> new Content.Item(Kinds.ITEM, 1, Optional.empty(), text));
    throwsAt("C-006", () -> new Content.Unknown("x", new Extra(Map.of("kind", "y"))));
    Content shadow = new Content.Text(words, List.of(), text);
    throwsAt("C-006", () -> ContentCodec.encode(shadow, Carrier.MESSAGE));
  }

  @Test
  @Checks("C-007")
  void textHas1To16000Characters() {
    decode("{\"kind\":\"text\",\"text\":\"" + "a".repeat(16_000) + "\"}");
    refused("C-007", "{\"kind\":\"text\",\"text\":\"" + "a".repeat(16_001) + "\"}");
    refused("C-007", "{\"kind\":\"text\",\"text\":\"\"}");
    refused("C-007", "{\"kind\":\"text\",\"text\":\"" + "\ud83d\ude00".repeat(8_001) + "\"}");
  }

  /** ESC and CSI would let a message repaint the terminal of whoever reads it. */
  @Test
  @Checks("C-008")
  void terminalEscapesAreRefused() {
    assertThat(new Words("a\n\tb").text()).isEqualTo("a\n\tb");
    for (int c = 0; c < 0xa0; c++) {
      String text = "a" + (char) c;
      if (c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f)) {
        assertThat(new Words(text).text()).isEqualTo(text);
      } else {
        throwsAt("C-008", () -> new Words(text));
      }
    }
    throwsAt("C-008", () -> new Words("a\ud800"));
    refused("C-008", "{\"kind\":\"text\",\"text\":\"\\u001b[2J\"}");
    refused("C-008", "{\"kind\":\"text\",\"text\":\"\u009b2J\"}");
  }

  @Test
  void pastedTextIsMadeFit() {
    assertThat(Words.clean("a\r\nb\rc\u001b[31md\u0000\u009be\ud800f\ud83d\ude00").text())
        .isEqualTo("a\nb\nc[31mdef\ud83d\ude00");
    throwsAt("C-007", () -> Words.clean("\u0007"));
    throwsAt("C-007", () -> Words.clean("a".repeat(16_001)));
  }

  @Test
  @Checks("C-009")
  void mentionsAreOfAtMost50MembersEachOnce() {
    Words words = new Words("a");
    List<MemberTag> fifty = LongStream.rangeClosed(1, 50).mapToObj(MemberTag::new).toList();
    ContentCodec.encode(new Content.Text(words, fifty, Extra.NONE), Carrier.MESSAGE);
    List<MemberTag> more = LongStream.rangeClosed(1, 51).mapToObj(MemberTag::new).toList();
    for (List<MemberTag> bad : List.of(more, List.of(TAG, TAG), List.of(MemberTag.NONE))) {
      throwsAt("C-009", () -> new Content.Text(words, bad, Extra.NONE));
    }
    for (String bad : List.of("[]", "[1]", "[\"x\"]", "[[\"0NHS09TV1tc\"]]", "[true]")) {
      refused("C-009", "{\"kind\":\"text\",\"text\":\"a\",\"mentions\":" + bad + "}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[\"0NHS09TV1tc\"]",
        "[\"0NHS09TV1tc\",\"wMHCw8TFxsfIycrLzM3Ozw\",1]",
        "[\"0NHS09TV1tc\",\"0NHS09TV1tc\"]",
        "[\"0NHS09TV1tc\",\"AAAAAAAAAAAAAAAAAAAAAA\"]",
        "[\"0NHS09TV1tc\",7]"
      })
  @Checks("C-010")
  void referenceToNoMessageIsRefused(String reference) {
    refused("C-010", "{\"kind\":\"removal\",\"of\":" + reference + "}");
    throwsAt("C-010", () -> new Reference(TAG, MessageId.NONE));
    throwsAt(
        "C-010", () -> new Content.Edit(MessageId.NONE, new Words("a"), List.of(), Extra.NONE));
    refused("C-010", "{\"kind\":\"edit\",\"id\":\"AAAA\",\"text\":\"a\"}");
  }

  @Test
  @Checks("C-011")
  void emojiHas1To32CharactersWithoutSpaces() {
    Reference to = new Reference(TAG, ID);
    assertThat(new Content.Reaction(to, "e".repeat(32), true, Extra.NONE).on()).isTrue();
    for (String bad : List.of("", "e".repeat(33), "a b", "\n", "\u0085", "\ud800")) {
      throwsAt("C-011", () -> new Content.Reaction(to, bad, true, Extra.NONE));
    }
  }

  @Test
  @Checks("C-012")
  void readMarkerIsAPosition() {
    throwsAt("C-012", () -> new Content.Read(Position.ZERO, Extra.NONE));
    for (String bad : List.of("", "1", "01-1", "1-1099511627776")) {
      refused("C-012", "{\"kind\":\"read\",\"upTo\":\"" + bad + "\"}");
    }
  }

  @Test
  @Checks("C-013")
  void itemHasAnIdAndAVersion() {
    String item = "{\"kind\":\"item\",\"item\":\"EBESExQVFhcYGRobHB0eHw\",\"version\":";
    assertThat(decode(item + "2147483647}")).isInstanceOf(Content.Item.class);
    refused("C-013", item + "2147483648}");
    refused("C-013", item + "0}");
    refused("C-013", "{\"kind\":\"item\",\"item\":\"AAAA\",\"version\":1}");
    throwsAt("C-013", () -> new Content.Item(Kinds.ITEM, 0, Optional.empty(), Extra.NONE));
  }

  @Test
  @Checks("C-014")
  void typingIsNeverStoredAndTextIsNeverASignal() {
    Content typing = new Content.Typing(true, Extra.NONE);
    throwsAt("C-014", () -> ContentCodec.encode(typing, Carrier.MESSAGE));
    throwsAt("C-014", () -> ContentCodec.encode(Content.text("a"), Carrier.SIGNAL));
    refused("C-014", "{\"kind\":\"typing\",\"on\":true}");
  }

  @Test
  void contentsDoNotAppearInToString() {
    Words words = new Words("secret");
    Extra extra = new Extra(Map.of("a", "secret"));
    assertThat(new Content.Text(words, List.of(), extra).toString()).doesNotContain("secret");
    assertThat(new Content.Unknown("x", extra).toString()).doesNotContain("secret");
  }

  private static Content decode(String json) {
    return ContentCodec.decode(bytes(json), Carrier.MESSAGE);
  }

  private static void refused(String check, String json) {
    throwsAt(check, () -> decode(json));
  }

  private static void throwsAt(String check, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(check + " ");
  }

  private static Bytes bytes(String json) {
    return Bytes.wrap(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Bytes json) {
    return new String(json.toByteArray(), StandardCharsets.UTF_8);
  }
}
