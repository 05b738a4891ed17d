package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Tampering;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What every vector file must pass; VECTORS.md describes the format. Run with {@code
 * -Dzamok.vectors.write=true} to write the files anew, and look at what changed before committing.
 */
abstract class VectorContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The file is {@code vectors/CONSTRUCT.json}. */
  abstract String construct();

  /** What the construct is, in one sentence. */
  abstract String description();

  abstract void define(VectorSet set);

  /** The expected values of the inputs of a case. */
  abstract Fields compute(Fields inputs);

  /** Opens or verifies what is given, which holds the inputs and expected values of a case. */
  abstract void open(Fields given);

  @Test
  void expectedValuesFollowFromTheInputsOfTheFile() throws IOException {
    for (Fields one : load().objects("cases")) {
      Fields expected = compute(one.object("inputs"));
      assertThat(expected.node).as(one.text("name")).isEqualTo(one.object("expected").node);
    }
  }

  @Test
  void everyCaseOpens() throws IOException {
    for (Fields one : load().objects("cases")) {
      Fields given = one.object("inputs").with(one.object("expected"));
      assertThat(catchThrowable(() -> open(given))).as(one.text("name")).isNull();
    }
  }

  @Test
  void everyFailureFailsAsItSays() throws IOException {
    for (Fields one : load().objects("failures")) {
      Throwable thrown = catchThrowable(() -> open(one.object("given")));
      assertThat(kind(thrown)).as(one.text("name")).isEqualTo(one.text("failure"));
    }
  }

  @Test
  void fileIsWhatTheGeneratorWrites() throws IOException {
    VectorSet set = new VectorSet(this::compute);
    define(set);
    Fields file =
        new Fields()
            .put("construct", construct())
            .put("description", description())
            .put("cases", set.cases)
            .put("failures", set.failures);
    if (Boolean.getBoolean("zamok.vectors.write")) {
      write(file.node);
    } else {
      assertThat(file.node).isEqualTo(load().node);
    }
  }

  /** One bit of the last byte of a field changed. */
  static Fields flipped(Fields given, String name) {
    Bytes value = given.bytes(name);
    return new Fields().put(name, Tampering.flip(value, value.size() * 8 - 8));
  }

  private Fields load() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/vectors/" + construct() + ".json")) {
      assertThat(in).as("vectors/" + construct() + ".json").isNotNull();
      return new Fields((ObjectNode) JSON.readTree(in));
    }
  }

  private void write(ObjectNode file) throws IOException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    String text = JSON.writer(printer).writeValueAsString(file) + "\n";
    Path path = Path.of("src/test/resources/vectors", construct() + ".json");
    Files.createDirectories(path.getParent());
    Files.writeString(path, text, StandardCharsets.UTF_8);
  }

  private static String kind(Throwable thrown) {
    if (thrown instanceof CryptoFailure) {
      return "crypto";
    }
    if (thrown instanceof MalformedException) {
      return "malformed";
    }
    if (thrown instanceof ChainException refused) {
      return "chain:" + refused.fault();
    }
    return String.valueOf(thrown);
  }
}
