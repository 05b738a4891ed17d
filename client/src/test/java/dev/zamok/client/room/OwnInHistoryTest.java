package dev.zamok.client.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.world.VirtualLoop;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** History answers when the test says so. */
class OwnInHistoryTest {
  private static final MemberTag OWN = new MemberTag(1);
  private static final MemberTag OTHER = new MemberTag(2);

  private final VirtualLoop loop = new VirtualLoop();
  private final Queue<CompletableFuture<Answers.HistoryPage>> asked = new ArrayDeque<>();
  private @Nullable Position before;
  private final OwnInHistory history =
      new OwnInHistory(
          loop,
          new HistorySource() {
            @Override
            public CompletableFuture<Answers.HistoryPage> after(Position after, int limit) {
              throw new UnsupportedOperationException();
            }

            @Override
            public CompletableFuture<Answers.HistoryPage> before(
                @Nullable Position position, int limit) {
              before = position;
              CompletableFuture<Answers.HistoryPage> answer = new CompletableFuture<>();
              asked.add(answer);
              return answer;
            }
          },
          entry -> entry.tag().equals(OWN));

  private static MessageId id(long number) {
    return new MessageId(0, number);
  }

  private static Position at(long number) {
    return Position.of(1, number);
  }

  /** A message whose number is its position. */
  private static Entry entry(long number, MemberTag tag) {
    return new Entry(
        new RoomId(2L << 56, 1),
        at(number),
        at(number - 1),
        0,
        EntryKind.MESSAGE,
        tag,
        1,
        id(number),
        Bytes.EMPTY);
  }

  private void answer(boolean more, Entry... entries) {
    Objects.requireNonNull(asked.poll())
        .complete(new Answers.HistoryPage(List.of(entries), at(1_000), more));
    loop.settle();
  }

  /** Or all clients that an outage left with messages would ask the authority for each of them. */
  @Test
  void manyMessagesAreSoughtByOneRequestAtATime() {
    List<CompletableFuture<Position>> sought =
        LongStream.rangeClosed(1, 500).mapToObj(number -> history.find(id(number))).toList();
    loop.settle();
    assertThat(asked).hasSize(1);

    answer(true, entry(400, OWN), entry(401, OTHER), entry(402, OWN));
    assertThat(asked).hasSize(1);
    assertThat(before).isEqualTo(at(400));
    assertThat(sought.get(399)).isCompletedWithValue(at(400));
    assertThat(sought.get(400)).isNotDone();

    answer(false, entry(7, OWN));
    assertThat(asked).isEmpty();
    assertThat(sought.get(6)).isCompletedWithValue(at(7));
    assertThat(sought.get(400)).isCompletedWithValue(Position.ZERO);
    assertThat(sought).allMatch(CompletableFuture::isDone);
  }

  /** What was read before is no answer to it: it may have got into the log since. */
  @Test
  void whatIsSoughtDuringASearchWaitsForTheNextOne() {
    CompletableFuture<Position> first = history.find(id(5));
    loop.settle();
    CompletableFuture<Position> second = history.find(id(6));
    loop.settle();
    assertThat(asked).hasSize(1);

    answer(false, entry(6, OWN));
    assertThat(first).isCompletedWithValue(Position.ZERO);
    assertThat(second).isNotDone();
    assertThat(asked).hasSize(1);

    answer(false, entry(6, OWN));
    assertThat(second).isCompletedWithValue(at(6));
    assertThat(asked).isEmpty();
  }

  @Test
  void whereHistoryIsNotAnsweredAllThatWereSoughtFailAndTheNextAreSoughtAnew() {
    CompletableFuture<Position> first = history.find(id(5));
    CompletableFuture<Position> second = history.find(id(6));
    loop.settle();
    ClientProblem down = ClientProblem.unavailable("down", false);
    Objects.requireNonNull(asked.poll()).completeExceptionally(down);
    loop.settle();
    assertThat(first).isCompletedExceptionally();
    assertThat(second.handle((found, failure) -> failure)).isCompletedWithValue(down);

    CompletableFuture<Position> third = history.find(id(5));
    loop.settle();
    answer(false, entry(5, OWN));
    assertThat(third).isCompletedWithValue(at(5));
  }

  /** No search goes further back than {@link OwnInHistory#PAGES_MAX} pages. */
  @Test
  void aSearchEndsAfterSomePages() {
    CompletableFuture<Position> sought = history.find(id(5));
    loop.settle();
    for (int page = 1; page <= OwnInHistory.PAGES_MAX; page++) {
      assertThat(sought).isNotDone();
      answer(true, entry(500 - page, OWN));
    }
    assertThat(sought).isCompletedWithValue(Position.ZERO);
    assertThat(asked).isEmpty();
  }
}
