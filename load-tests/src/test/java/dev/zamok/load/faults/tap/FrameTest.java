package dev.zamok.load.faults.tap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
  }

  @Test
  void framesOfBothProtocolsAreReadOneByOneAndKeepTheirBytes() throws IOException {
    String[] all = {
      "*2\r\n$4\r\nwait\r\n$1\r\n2\r\n",
      "+OK\r\n",
      "-ERR no\r\n",
      ":12\r\n",
      "$-1\r\n",
      "*-1\r\n",
      "_\r\n",
      "#t\r\n",
      ",1.5\r\n",
      "=7\r\ntxt:abc\r\n",
      "%1\r\n+a\r\n~2\r\n:1\r\n$3\r\n\r\n\u00ff\r\n",
      ">3\r\n$8\r\nsmessage\r\n$1\r\nc\r\n$0\r\n\r\n"
    };
    InputStream in = stream(String.join("", all));
    for (String one : all) {
      assertThat(Frame.read(in)).isNotNull().extracting(Frame::raw).isEqualTo(one);
    }
    assertThat(Frame.read(in)).isNull();
  }

  @Test
  void aRequestIsKnownByItsWordsWhateverTheirCase() throws IOException {
    Frame request = Frame.read(stream("*3\r\n$5\r\nfcall\r\n$14\r\nzamok_3_append\r\n$1\r\n1\r\n"));

    assertThat(request).isNotNull();
    assertThat(request.command()).isEqualTo("FCALL");
    assertThat(request.calls("append")).isTrue();
    assertThat(request.calls("commit")).isFalse();
    assertThat(request.words()).containsExactly("fcall", "zamok_3_append", "1");
    assertThat(Frame.of(request.words())).isEqualTo(request);
  }

  @Test
  void whatIsNotRedisOrEndsInTheMiddleFails() {
    for (String bad : new String[] {"GET / HTTP/1.1\r\n", "*x\r\n", "$5\r\nab", "*2\r\n+a\r\n"}) {
      assertThatThrownBy(() -> Frame.read(stream(bad))).isInstanceOf(IOException.class);
    }
  }
}
