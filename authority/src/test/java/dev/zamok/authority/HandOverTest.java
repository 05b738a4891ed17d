package dev.zamok.authority;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.archive.Archive;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members say while the lease of their room goes from one authority to another. */
class HandOverTest {
  private static final int AT_ONCE = 40;
  private static final Duration STANDSTILL = Duration.ofSeconds(15);

  @TempDir Path directory;
  private ClusterBed bed;
  private RoomId room;
  private long said;

  @BeforeEach
  void open() {
    bed = new ClusterBed(directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private RoomState state() {
    return await(bed.log.state(room));
  }

  /** Begins to say many things, and does not wait. */
  private List<Future<Appended>> say() {
    List<Future<Appended>> all = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      MessageId id = new MessageId(3, ++said);
      Bytes body = Bytes.wrap(new byte[32]);
      all.add(bed.log.append(Append.message(room, new MemberTag(3), 0, 1, id, body)));
    }
    return all;
  }

  private List<Entry> archived() {
    Archive.Limit limit = new Archive.Limit(100_000, 1 << 30);
    return await(new Archive(bed.sealed()).after(room, Position.ZERO, limit));
  }

  @Test
  void messagesKeepTheirOrderInTheArchiveWhoeverHoldsTheLease() {
    bed.start(2);
    User owner = User.loggedIn(bed.start(), "owner");
    bed.settle(3);
    JsonObject channel =
        new JsonObject()
            .put("kind", "channel")
            .put("history", "full")
            .put("name", "lobby")
            .put("open", true);
    room = RoomId.parse(owner.post("/v1/rooms", channel).bodyAsJsonObject().getString("room"));
    List<Future<Appended>> all = new ArrayList<>();

    all.addAll(say());
    bed.holder(room).end();
    all.addAll(say());
    bed.settle(2);
    all.addAll(say());
    ClusterBed.One stopped = bed.holder(room);
    stopped.sleep();
    all.addAll(say());
    bed.pass(STANDSTILL);
    bed.until(() -> bed.other(stopped).serves(room));
    all.addAll(say());
    stopped.wake();
    all.addAll(say());
    bed.start();
    bed.passLateness();
    bed.settle(3);
    all.addAll(say());
    bed.holder(room).kill();
    all.addAll(say());
    bed.pass(STANDSTILL);
    await(Future.all(all));
    bed.until(() -> state().archived().equals(state().head()));

    List<Entry> entries = archived();
    Position last = Position.ZERO;
    for (Entry entry : entries) {
      assertThat(entry.previous()).isEqualTo(last);
      assertThat(entry.position()).isGreaterThan(last);
      last = entry.position();
    }
    assertThat(last).isEqualTo(state().head());
    List<MessageId> expected = new ArrayList<>();
    for (long n = 1; n <= said; n++) {
      expected.add(new MessageId(3, n));
    }
    assertThat(entries)
        .filteredOn(entry -> entry.kind() == EntryKind.MESSAGE)
        .extracting(Entry::id)
        .containsExactlyElementsOf(expected);
  }
}
