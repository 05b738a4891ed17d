package dev.zamok.hub;

import dev.zamok.hub.endpoint.EndpointConfig;
import dev.zamok.hub.room.MemoryRoomLog;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomLog;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A hub on a free port over real TLS, with a log in memory and clocks that stand still. */
public final class HubFixture implements AutoCloseable {
  public final TestTime clock = new TestTime();
  public final TestTickets tickets = new TestTickets();
  public final MemoryRoomLog log = new MemoryRoomLog(Runnable::run);
  public final Vertx vertx;
  public final Hub hub;
  private final List<TestClient> clients = new ArrayList<>();

  public HubFixture() {
    this(config -> config);
  }

  public HubFixture(UnaryOperator<HubConfig> change) {
    this(change, Transport.nativeTransport());
  }

  public HubFixture(UnaryOperator<HubConfig> change, Transport transport) {
    vertx = Vertx.builder().withTransport(transport).build();
    hub = await(Hub.start(vertx, change.apply(config()), log, tickets.keys(), clock.time()));
  }

  public static HubConfig config() {
    return HubConfig.of(EndpointConfig.of("127.0.0.1", 0, TestTls.get()));
  }

  /** Another hub on the same log. */
  public Hub another(UnaryOperator<HubConfig> change, RoomLog on) {
    return await(Hub.start(vertx, change.apply(config()), on, tickets.keys(), clock.time()));
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits, for as long as a slow machine may need. */
  public static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("did not happen within 30 s");
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  /** A room at epoch 0. */
  public RoomId room(int number) {
    RoomId room = TestTickets.room(number);
    log.open(room, 0);
    return room;
  }

  public TestClient connect() throws IOException {
    TestClient client = new TestClient(hub.port());
    clients.add(client);
    return client;
  }

  /**
   * Admitted as a member with the rights to talk in these rooms; session and tag have its number.
   */
  public TestClient member(int number, RoomId... rooms) throws IOException {
    TestClient client = TestClient.admitted(hub.port(), tickets.sign(number, rooms));
    clients.add(client);
    return client;
  }

  /** Moves the clocks once every loop has ended the turn in which a client was answered. */
  public void advance(Duration by) {
    for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      loop.submit(() -> {}).syncUninterruptibly();
    }
    clock.advance(by);
  }

  @Override
  public void close() throws Exception {
    for (TestClient client : clients) {
      client.close();
    }
    await(hub.close());
    await(vertx.close());
  }
}
