package dev.zamok.protocol.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ContentPropertiesTest {
  private static final List<String> GOOD =
      Stream.concat(
              Kinds.messages().values().stream()
                  .map(content -> ContentCodec.encode(content, Carrier.MESSAGE)),
              Kinds.signals().values().stream()
                  .map(content -> ContentCodec.encode(content, Carrier.SIGNAL)))
          .map(json -> new String(json.toByteArray(), StandardCharsets.UTF_8))
          .toList();

  @Property(seed = "3", tries = 5_000)
  void contentIsRefusedOrCanonical(@ForAll("json") byte[] bytes, @ForAll Carrier carrier) {
    Bytes json = Bytes.copyOf(bytes);
    Content content;
    try {
      content = ContentCodec.decode(json, carrier);
    } catch (MalformedException e) {
      assertThat(e.getMessage()).matches("C-0\\d\\d .+");
      return;
    }
    assertThat(ContentCodec.encode(content, carrier)).isEqualTo(json);
  }

  @Property(seed = "4", tries = 2_000)
  void whateverIsTypedCanBeSentOnceCleaned(@ForAll String typed) {
    Words words;
    try {
      words = Words.clean(typed);
    } catch (MalformedException e) {
      assertThat(e.getMessage()).startsWith("C-007");
      return;
    }
    Content content = Content.text(words.text());
    assertThat(ContentCodec.decode(ContentCodec.encode(content, Carrier.MESSAGE), Carrier.MESSAGE))
        .isEqualTo(content);
    assertThat(Words.clean(words.text())).isEqualTo(words);
  }

  @Provide
  Arbitrary<byte[]> json() {
    Arbitrary<byte[]> random = Arbitraries.bytes().array(byte[].class).ofMaxSize(80);
    Arbitrary<String> bits =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\u0041",
            "1",
            "-0",
            "true",
            "null",
            " ",
            "é",
            "\"kind\":\"text\"",
            "\"text\":\"a\"",
            "\"on\":true",
            "\"\":1");
    Arbitrary<byte[]> built =
        bits.list()
            .ofMaxSize(12)
            .map(list -> String.join("", list))
            .map(ContentPropertiesTest::utf8);
    Arbitrary<byte[]> damaged =
        Combinators.combine(Arbitraries.of(GOOD), Arbitraries.integers().between(0, 9_999), bits)
            .as(
                (good, at, bit) -> {
                  int place = at % (good.length() + 1);
                  return utf8(good.substring(0, place) + bit + good.substring(place));
                });
    return Arbitraries.oneOf(
        random, built, damaged, Arbitraries.of(GOOD).map(ContentPropertiesTest::utf8));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
