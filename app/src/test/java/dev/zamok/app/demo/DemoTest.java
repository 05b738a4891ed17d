package dev.zamok.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoTest {
  @Test
  void theDemonstrationHolds() {
    StringWriter out = new StringWriter();
    int code = new CommandLine(new DemoCommand()).setOut(new PrintWriter(out)).execute();
    assertThat(out.toString()).contains("All of it held.").doesNotContain("FALSE");
    assertThat(code).isZero();
  }
}
