package dev.zamok.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.redis.RedisTopology;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts that end, and parts that take their time, with parts that are no processes. */
class SupervisorTest {
  @TempDir Path directory;
  private final List<String> stopped = new CopyOnWriteArrayList<>();
  private final StringWriter told = new StringWriter();
  private Thread watching = new Thread(() -> {});

  private final class Fake implements Part {
    private final String name;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile AtomicBoolean alive = new AtomicBoolean();
    private volatile CountDownLatch mayStart = new CountDownLatch(0);

    private Fake(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Running start() {
      int number = starts.incrementAndGet();
      try {
        mayStart.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      AtomicBoolean now = new AtomicBoolean(true);
      alive = now;
      return new Running() {
        @Override
        public long pid() {
          return number;
        }

        @Override
        public boolean isAlive() {
          return now.get();
        }

        @Override
        public void stop() {
          now.set(false);
          stopped.add(name + " " + number);
        }
      };
    }

    private void end() {
      alive.set(false);
    }
  }

  private Supervisor started(Part... parts) {
    Supervisor supervisor = new Supervisor(directory, Duration.ZERO, new PrintWriter(told, true));
    supervisor.start(List.of(parts));
    watching =
        new Thread(
            () -> {
              try {
                supervisor.watch();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    watching.start();
    return supervisor;
  }

  @AfterEach
  void endOfWatch() throws InterruptedException {
    watching.join();
  }

  @Test
  void whatEndsIsStartedAgainAndAllStopInTheOppositeOrder() throws Exception {
    Fake first = new Fake("first");
    Fake second = new Fake("second");
    Supervisor supervisor = started(first, second);
    first.end();
    RedisTopology.await("a second start", () -> told.toString().contains("first is back"));
    assertThat(Files.readString(directory.resolve("run/first.pid"))).isEqualTo("2\n");
    supervisor.stop();
    assertThat(stopped).containsExactly("second 1", "first 2");
  }

  @Test
  void onePartThatTakesItsTimeHoldsUpNeitherAnotherNorTheEnd() {
    Fake slow = new Fake("slow");
    Fake quick = new Fake("quick");
    Supervisor supervisor = started(slow, quick);
    slow.mayStart = new CountDownLatch(1);
    slow.end();
    RedisTopology.await("the slow start", () -> slow.starts.get() == 2);
    quick.end();
    RedisTopology.await("the quick start", () -> told.toString().contains("quick is back"));
    supervisor.stop();
    assertThat(stopped).contains("quick 2").doesNotContain("slow 2");
    slow.mayStart.countDown();
    RedisTopology.await("the end of the late one", () -> stopped.contains("slow 2"));
  }
}
