package dev.zamok.authority.room;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomQueueTest {
  private static final RoomId ROOM = new RoomId(1L << 56, 1);
  private static final RoomId OTHER = new RoomId(1L << 56, 2);

  private final RoomQueue queue = new RoomQueue();
  private final List<String> begun = new ArrayList<>();

  private Future<String> run(RoomId room, String name, Promise<String> done) {
    return queue.run(
        room,
        () -> {
          begun.add(name);
          return done.future();
        });
  }

  @Test
  void changesOfOneRoomFollowEachOtherInOrder() {
    Promise<String> first = Promise.promise();
    Promise<String> second = Promise.promise();
    run(ROOM, "first", first);
    Future<String> last = run(ROOM, "second", second);
    assertThat(begun).containsExactly("first");
    first.complete("one");
    assertThat(begun).containsExactly("first", "second");
    second.complete("two");

    assertThat(await(last)).isEqualTo("two");
  }

  @Test
  void roomsDoNotWaitForEachOther() {
    run(ROOM, "first", Promise.promise());
    run(OTHER, "other", Promise.promise());

    assertThat(begun).containsExactly("first", "other");
  }

  @Test
  void whatFailsOrThrowsDoesNotHoldUpTheRoom() {
    Promise<String> first = Promise.promise();
    Promise<String> last = Promise.promise();
    Future<String> failed = run(ROOM, "first", first);
    Future<String> thrown =
        queue.run(
            ROOM,
            () -> {
              throw new IllegalStateException("a bug");
            });
    Future<String> after = run(ROOM, "last", last);
    first.fail("broken");
    last.complete("done");

    assertThat(failure(failed)).hasMessage("broken");
    assertThat(failure(thrown)).isInstanceOf(IllegalStateException.class);
    assertThat(await(after)).isEqualTo("done");
  }

  @Test
  void tooManyWaitingForOneRoomAreRefused() {
    run(ROOM, "first", Promise.promise());
    for (int i = 0; i < RoomQueue.WAITING_MAX; i++) {
      run(ROOM, "waiting", Promise.promise());
    }

    assertThat(failure(run(ROOM, "one more", Promise.promise())))
        .isInstanceOfSatisfying(
            Rejection.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.OVERLOADED));
  }
}
