package dev.zamok.load.faults.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.cluster.process.FreePorts;
import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisConf;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RespClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tap before a real Redis server. */
class TapTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir private static Path directory;
  private static RedisServer server;
  private Tap tap;

  @BeforeAll
  static void start() {
    HostPort at = HostPort.loopback(FreePorts.find(1).get(0));
    server =
        RedisServer.start(
            RedisBinary.unpack(directory),
            RedisServer.Spec.server("redis", directory, at),
            RedisConf.server(directory, at));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    tap = Tap.redis(server.at().port());
    server.ask("FLUSHALL");
  }

  @AfterEach
  void close() {
    tap.close();
  }

  private RespClient client(Duration limit) throws IOException {
    return new RespClient(HostPort.loopback(tap.port()), SocketFactory.getDefault(), limit);
  }

  private static boolean isTrap(Frame request) {
    return request.word(1).equals("trap");
  }

  @Test
  void everythingGoesThroughInBothDirections() throws IOException {
    try (RespClient client = client(LONG)) {
      assertThat(client.text("SET", "k", "\u20ac\r\n")).isEqualTo("OK");
      assertThat(client.text("GET", "k")).isEqualTo("\u20ac\r\n");
      assertThat((List<?>) client.command(List.of("MGET", "k", "none"))).hasSize(2);
    }
  }

  @Test
  void aTrapAtARequestKeepsItAndAllAfterItFromTheServer() throws IOException {
    AtomicInteger times = new AtomicInteger();
    Trap.Set set = new Trap.Set();
    Trap.Moment moment = Trap.Moment.request(TapTest::isTrap);
    tap.follow(new Trap(moment, set, times::incrementAndGet));
    try (RespClient client = client(SHORT)) {
      assertThat(client.text("SET", "before", "1")).isEqualTo("OK");
      assertThatThrownBy(() -> client.text("SET", "trap", "1")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> client.text("SET", "after", "1")).isInstanceOf(IOException.class);
    }
    assertThat(set.awaitSprung(30)).isTrue();
    assertThat(times).hasValue(1);
    assertThat(server.ask("EXISTS", "before", "trap", "after")).isEqualTo(1L);
  }

  @Test
  void aTrapAtAnAnswerLetsTheServerDoItAndTheClientNeverKnow() throws IOException {
    Trap.Set set = new Trap.Set();
    tap.follow(new Trap(Trap.Moment.answerTo(TapTest::isTrap), set, () -> {}));
    try (RespClient client = client(SHORT)) {
      assertThatThrownBy(() -> client.text("SET", "trap", "1")).isInstanceOf(IOException.class);
    }
    assertThat(set.awaitSprung(30)).isTrue();
    assertThat(server.ask("EXISTS", "trap")).isEqualTo(1L);
  }

  @Test
  void aTrapAtWaitSpringsBehindTheRequestThatItCovers() throws IOException {
    Trap.Set set = new Trap.Set();
    tap.follow(new Trap(Trap.Moment.waitAfter(TapTest::isTrap), set, () -> {}));
    try (RespClient client = client(SHORT)) {
      client.text("SET", "other", "1");
      assertThat(client.text("WAIT", "0", "1")).isEqualTo("0");
      client.text("SET", "trap", "1");
      assertThatThrownBy(() -> client.text("WAIT", "0", "1")).isInstanceOf(IOException.class);
    }
    assertThat(set.awaitSprung(30)).isTrue();
  }

  @Test
  void ofTrapsOfOneSetOnlyTheFirstSprings() throws IOException {
    Trap.Set set = new Trap.Set();
    Runnable nothing = () -> {};
    new Trap(Trap.Moment.request(f -> true), set, nothing).request(Frame.NONE, Frame.NONE);
    tap.follow(new Trap(Trap.Moment.request(TapTest::isTrap), set, nothing));
    try (RespClient client = client(LONG)) {
      assertThat(client.text("SET", "trap", "1")).isEqualTo("OK");
    }
  }

  @Test
  void whatIsHeldOnTheWayThereComesWhenItIsReleased() throws IOException {
    tap.holdToServer();
    try (RespClient client = client(SHORT)) {
      assertThatThrownBy(() -> client.text("SET", "held", "1")).isInstanceOf(IOException.class);
      assertThat(server.ask("EXISTS", "held")).isEqualTo(0L);
      tap.release();
      assertThat(client.text("PING")).isEqualTo("OK"); // the answer to SET, late
      assertThat(server.ask("EXISTS", "held")).isEqualTo(1L);
    }
  }

  @Test
  void whatIsHeldOnTheWayBackWasDone() throws IOException {
    tap.holdToClient();
    try (RespClient client = client(SHORT)) {
      assertThatThrownBy(() -> client.text("SET", "done", "1")).isInstanceOf(IOException.class);
      assertThat(server.ask("EXISTS", "done")).isEqualTo(1L);
    }
  }

  @Test
  void connectionsThatAreCutEndAndNewOnesAreTaken() throws IOException {
    try (RespClient client = client(LONG)) {
      client.text("PING");
      tap.cut();
      assertThatThrownBy(() -> client.text("PING")).isInstanceOf(IOException.class);
    }
    try (RespClient client = client(LONG)) {
      assertThat(client.text("PING")).isEqualTo("PONG");
    }
  }

  @Test
  void aScriptSwallowsAPushAndTellsItFromAnswers() throws IOException {
    AtomicInteger pushes = new AtomicInteger();
    tap.follow(
        new Script() {
          @Override
          public Optional<Frame> push(Frame push) {
            boolean first = push.word(0).equals("smessage") && pushes.getAndIncrement() == 0;
            return first ? Optional.empty() : Optional.of(push);
          }
        });
    try (RespClient client = client(LONG)) {
      client.command(List.of("SSUBSCRIBE", "channel"));
      server.ask("SPUBLISH", "channel", "one");
      server.ask("SPUBLISH", "channel", "two");
      List<?> first = (List<?>) client.command(List.of("SSUBSCRIBE", "other"));
      assertThat(first).hasSize(3).last().isEqualTo("two");
    }
    assertThat(pushes).hasValue(2);
  }
}
