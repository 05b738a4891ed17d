package dev.zamok.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.SameJava;
import dev.zamok.cluster.process.FreePorts;
import dev.zamok.cluster.process.ServerProcess;
import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisConf;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RedisTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zamok cluster redis} as a program, with a sentinel that wants a password. */
class RedisCommandTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String PASSWORD = "a-long-password-of-the-sentinel";
  private static final Pattern READY = Pattern.compile("ready: redis at (\\S+)");

  @TempDir Path directory;
  private final List<ServerProcess> commands = new ArrayList<>();
  private final List<HostPort> at =
      FreePorts.find(3).stream().map(HostPort::loopback).toList(); // two servers, the sentinel
  private RedisBinary binary;
  private RedisServer sentinel;
  private Path passwordFile;

  @BeforeEach
  void startTheSentinel() throws IOException {
    binary = RedisBinary.unpack(directory);
    passwordFile = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    Path home = directory.resolve("sentinel");
    sentinel =
        RedisServer.start(
            binary,
            RedisServer.Spec.sentinel("sentinel", home, at.get(2)),
            RedisConf.sentinel(home, at.get(2), at.get(0), 1)
                .plus("user default off")
                .plus(
                    "user zamok on >"
                        + PASSWORD
                        + " +@connection +sentinel|get-master-addr-by-name"));
  }

  @AfterEach
  void stopAll() {
    commands.forEach(command -> command.stop(PATIENCE));
    sentinel.close();
  }

  private ServerProcess command(int number, String... more) {
    Path home = directory.resolve("redis-" + number);
    Path conf = directory.resolve("redis-" + number + ".conf");
    HostPort own = at.get(number);
    RedisConf.server(home, own).write(conf);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "cluster",
                "redis",
                "--conf",
                conf.toString(),
                "--at",
                own.toString(),
                "--sentinels",
                sentinel.at().toString(),
                "--server",
                binary.path().toString(),
                "--user",
                "zamok",
                "--password-file",
                passwordFile.toString(),
                "--patience",
                "1"));
    arguments.addAll(List.of(more));
    ServerProcess process =
        ServerProcess.start(
            "command-" + number + "-" + commands.size(),
            directory,
            SameJava.command(List.of(), arguments));
    commands.add(process);
    return process;
  }

  private static String ready(ServerProcess process) {
    process.awaitReady(() -> READY.matcher(process.printed()).find(), PATIENCE);
    Matcher ready = READY.matcher(process.printed());
    assertThat(ready.find()).isTrue();
    return ready.group(1);
  }

  private static String refused(ServerProcess process) throws InterruptedException {
    assertThat(process.awaitEnd()).isEqualTo(1);
    return process.printed();
  }

  private Object ask(int number, String... words) {
    return RedisServerProbe.ask(at.get(number), words);
  }

  @Test
  void theFirstOfANewShardBecomesPrimaryAndTheNextItsReplica() {
    assertThat(ready(command(0, "--new"))).isEqualTo(at.get(0).toString());
    ready(command(1));
    assertThat(ask(0, "ROLE")).asString().startsWith("[master");
    assertThat(ask(1, "ROLE")).asString().startsWith("[slave, 127.0.0.1, " + at.get(0).port());
  }

  @Test
  void anEmptyPrimaryIsNotStarted() throws Exception {
    assertThat(refused(command(0))).contains("without data");
  }

  @Test
  void aSecondPrimaryIsNotStartedThoughItIsCalledNew() throws Exception {
    assertThat(refused(command(1, "--new"))).contains("the sentinels name " + at.get(0));
  }

  @Test
  void itsServerEndsInGoodOrderWithIt() {
    ServerProcess process = command(0, "--new");
    ready(process);
    ask(0, "SET", "key", "x".repeat(5_000));
    process.stop(PATIENCE);
    RedisTopology.await("the end", () -> !RedisServerProbe.answers(at.get(0)));
    ready(command(0));
    assertThat(ask(0, "ROLE")).asString().startsWith("[master");
    assertThat(ask(0, "GET", "key")).asString().hasSize(5_000);
  }

  @Test
  void aWrongPasswordIsRepeatedNowhere() throws Exception {
    Files.writeString(passwordFile, "not-the-password\n");
    String told = refused(command(0));
    assertThat(told).contains("do not say who is primary").doesNotContain("not-the-password");
  }
}
