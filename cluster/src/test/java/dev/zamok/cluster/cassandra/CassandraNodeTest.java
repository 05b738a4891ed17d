package dev.zamok.cluster.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraNodeTest {
  private static final CassandraSettings.Engine SMALL = new CassandraSettings.Engine(320, true);

  @TempDir Path directory;

  @Test
  void aNodeAnswersIsKilledAndStartsAgainOnItsData() {
    try (CassandraRing ring = CassandraRing.start(directory, 1, SMALL)) {
      CassandraNode node = ring.node(0);
      assertThat(CqlProbe.answers(node.cql(), SocketFactory.getDefault())).isTrue();
      node.kill();
      assertThat(CqlProbe.answers(node.cql(), SocketFactory.getDefault())).isFalse();
      node.restart();
      node.awaitReady();
      assertThat(CqlProbe.answers(node.cql(), SocketFactory.getDefault())).isTrue();
    }
  }

  @Test
  void tokensShareTheRingEvenly() {
    assertThat(CassandraSettings.token(0, 1)).isEqualTo("-9223372036854775808");
    assertThat(CassandraSettings.token(1, 3)).isEqualTo("-3074457345618258603");
    assertThat(CassandraSettings.token(2, 3)).isEqualTo("3074457345618258602");
  }

  @Test
  void theFilesOfANodeHoldItsSettingsAndNoName() throws IOException {
    var ports = new CassandraSettings.Ports(19_042, 17_000);
    CassandraSettings settings = CassandraRing.settings(directory, 3, ports, SMALL).get(1);
    List<String> command = CassandraFiles.write(settings, CassandraJava.find());
    String yaml = Files.readString(directory.resolve("node2/conf/cassandra.yaml"));
    assertThat(yaml)
        .contains("listen_address: 127.0.0.2")
        .contains("seeds: \"127.0.0.1:17000\"")
        .contains("authenticator: PasswordAuthenticator");
    assertThat(yaml.lines().filter(line -> !line.startsWith("#"))).noneMatch(l -> l.contains("${"));
    assertThat(command).contains("-Xmx320m").noneMatch(word -> word.contains("${"));
  }

  @Test
  void aNodeMayBeKnownToTheOthersByAnotherAddress() throws IOException {
    var ports = new CassandraSettings.Ports(19_042, 17_000);
    CassandraSettings settings =
        CassandraRing.settings(directory, 3, ports, SMALL)
            .get(1)
            .announcing(address -> address.replace("127.0.0.", "127.0.1."));
    CassandraFiles.write(settings, CassandraJava.find());
    assertThat(Files.readString(directory.resolve("node2/conf/cassandra.yaml")))
        .contains("listen_address: 127.0.0.2")
        .contains("broadcast_address: 127.0.1.2")
        .contains("seeds: \"127.0.1.1:17000\"");
  }

  @Test
  void aTemplateWithANameThatHasNoValueIsRefused() {
    assertThat(CassandraFiles.fill("# ${a}\n${b}", Map.of("b", "$1"))).isEqualTo("# ${a}\n$1");
    assertThatThrownBy(() -> CassandraFiles.fill("a: ${unknown}", Map.of()))
        .hasMessageContaining("${unknown}");
  }

  @Test
  void withoutJava17TheMessageSaysWhatToDo() throws IOException {
    Path other = Files.createDirectories(directory.resolve("jdk-25/bin")).getParent();
    Files.writeString(other.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    assertThat(Files.createFile(other.resolve("bin/java")).toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> CassandraJava.find(null, other, directory))
        .hasMessageContaining("Cassandra needs Java 17")
        .hasMessageContaining(CassandraJava.VARIABLE);
    assertThatThrownBy(() -> CassandraJava.find(other.toString(), other, directory))
        .hasMessageContaining("is not the home of a Java 17");
    Files.writeString(other.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    assertThat(CassandraJava.find(null, directory, directory)).isEqualTo(other);
  }
}
