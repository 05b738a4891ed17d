package dev.zamok.roomlog.local;

import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.LogDriver;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The log does, step by step, what the {@link Model} does. Changes come in bursts of one turn, so
 * that several are decided in one commit; after each burst everything that can be asked is
 * compared.
 */
class LocalRoomLogModelTest {
  private static final int ROOMS = 4;

  @TempDir Path directory;
  private Random random;
  private Model model;
  private Store store;
  private Context context;
  private boolean large;

  /** One change: as asked of the log, and as the model does it. */
  private record Change(Supplier<Future<?>> real, Supplier<Object> simple) {}

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theLogDoesWhatTheModelDoes(long seed) {
    random = new Random(seed);
    model = new Model();
    boolean hot = seed % 2 == 0;
    // Long bursts in one chunk, trimmed deeply, so that chunks get sparse and are rewritten.
    large = seed % 3 == 0;
    int chunkBytes = large ? 1 << 16 : 200 + random.nextInt(2000);
    store =
        new Store(directory, new Limits(1 << 24, 100_000, 1 << 24, hot ? 20_000 : 0, chunkBytes));
    try {
      model.claim(LogDriver.TOKEN);
      context = store.vertx.getOrCreateContext();
      for (int burst = 0; burst < 150; burst++) {
        if (random.nextInt(25) == 0) {
          store.reopen();
          model.generation++;
          model.claim(LogDriver.TOKEN);
        }
        long now = 1_000_000 + random.nextInt(1000);
        store.clock.set(now);
        model.timeMillis = Math.max(model.timeMillis, now);
        change(1 + random.nextInt(large ? 100 : 12));
        compare();
      }
    } catch (Throwable e) {
      throw new AssertionError("seed " + seed, e);
    } finally {
      store.close();
    }
  }

  private void change(int count) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(random.nextInt(4) == 0 ? other() : append());
    }
    List<Object> real =
        store
            .driver()
            .on(
                context,
                () -> {
                  List<Future<Object>> all = new ArrayList<>();
                  for (Change change : changes) {
                    Future<?> future = change.real().get();
                    all.add(future.map(r -> (Object) String.valueOf(r)).otherwise(this::failure));
                  }
                  return Future.all(all).map(done -> done.list());
                });
    List<Object> expected = new ArrayList<>();
    for (Change change : changes) {
      try {
        expected.add(String.valueOf(change.simple().get()));
      } catch (Rejection e) {
        expected.add(failure(e));
      }
    }
    assertThat(real).isEqualTo(expected);
  }

  private Object failure(Throwable e) {
    return e instanceof Rejection rejection ? rejection.code().name() : e.toString();
  }

  private RoomId anyRoom() {
    return room(random.nextInt(ROOMS));
  }

  private int epochOf(RoomId id) {
    Model.ModelRoom known = model.rooms.get(id);
    return known == null ? 0 : known.epoch;
  }

  private Change append() {
    RoomId id = anyRoom();
    int epoch = epochOf(id);
    MessageId message = new MessageId(1, random.nextInt(3000));
    long token = LogDriver.TOKEN - (random.nextInt(20) == 0 ? 1 : 0);
    MemberTag tag = new MemberTag(1 + random.nextInt(3));
    Append append =
        switch (random.nextInt(12)) {
          case 0, 1 -> {
            int next = epoch + 1 + random.nextInt(8) / 7;
            int min = next - random.nextInt(Math.min(3, next));
            yield Append.rekey(id, next, min, token, message, text("R" + next));
          }
          case 2 -> Append.close(id, epoch, Math.max(0, epoch - 1), token, message);
          case 3 -> Append.evict(id, epoch, tag, random.nextInt(5), token, message);
          case 4 -> Append.announce(id, epoch, token, message, Bytes.EMPTY);
          case 5 -> Append.hint(id, EntryKind.ITEM, epoch, message, text("i"));
          default ->
              Append.message(
                  id,
                  tag,
                  random.nextInt(8),
                  Math.max(0, epoch + 1 - random.nextInt(4)),
                  message,
                  text("m".repeat(random.nextInt(large ? 2000 : 300))));
        };
    return new Change(() -> store.driver().log.append(append), () -> model.append(append));
  }

  private Change other() {
    RoomId id = anyRoom();
    long token = LogDriver.TOKEN - (random.nextInt(20) == 0 ? 1 : 0);
    Position at = anyPosition(id);
    boolean unarchived = random.nextInt(3) == 0;
    return switch (random.nextInt(5)) {
      case 0 ->
          new Change(
              () -> store.driver().log.claim(0, token),
              () -> {
                model.claim(token);
                return null;
              });
      case 1, 2 ->
          new Change(
              () -> store.driver().log.archived(token, id, at),
              () -> {
                model.archived(token, id, at);
                return null;
              });
      default ->
          new Change(
              () -> store.driver().log.trim(token, id, at, unarchived),
              () -> {
                model.trim(token, id, at, unarchived);
                return null;
              });
    };
  }

  /** Mostly of an entry of the room, sometimes next to one, sometimes of none. */
  private Position anyPosition(RoomId id) {
    Model.ModelRoom known = model.rooms.get(id);
    if (known == null || known.entries.isEmpty() || random.nextInt(10) == 0) {
      return random.nextBoolean()
          ? Position.ZERO
          : Position.of(model.generation, model.counter + random.nextInt(3));
    }
    int size = known.entries.size();
    Position position = known.entries.get(random.nextInt(large ? size : size / 2 + 1)).position();
    return random.nextInt(5) == 0 ? new Position(position.packed() + 1) : position;
  }

  private void compare() {
    LogDriver d = store.driver();
    for (int n = 0; n < ROOMS; n++) {
      RoomId id = room(n);
      Model.ModelRoom expected = model.rooms.get(id);
      if (expected == null) {
        assertThat(LogDriver.failure(d.log.state(id))).isInstanceOf(Rejection.class);
        continue;
      }
      assertThat(d.state(id)).isEqualTo(expected.state());
      int max = 1 + random.nextInt(50);
      for (Position after : List.of(Position.ZERO, expected.floor, anyPosition(id))) {
        assertThat(LogDriver.await(d.log.read(id, after, max, 1 << 20)))
            .isEqualTo(model.read(id, after, max));
      }
      int afterEpoch = random.nextInt(expected.epoch + 2);
      assertThat(LogDriver.await(d.log.rekeys(id, afterEpoch, 1 + max / 10)))
          .isEqualTo(model.rekeys(id, afterEpoch, 1 + max / 10));
    }
    Position after = anyPosition(anyRoom());
    assertThat(LogDriver.await(d.log.moved(0, after, 3))).isEqualTo(model.moved(after, 3));
  }
}
