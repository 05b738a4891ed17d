package dev.zamok.authority.store;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How every store is read. */
public abstract class StoreReadContractTest extends StoreContractTest {
  @Test
  void aRangeIsInTheOrderOfUnsignedBytes() {
    for (String hex : List.of("80", "7f", "00", "ff", "7f00", "01")) {
      change(NOTES, Change.insert(Bytes.fromHex(hex), HOME));
    }
    assertThat(sorts(Range.first(10))).containsExactly("00", "01", "7f", "7f00", "80", "ff");
    assertThat(sorts(Range.last(10))).containsExactly("ff", "80", "7f00", "7f", "01", "00");
  }

  @Test
  void aRangeHasBoundsAndALimit() {
    for (String hex : List.of("01", "02", "0200", "03", "04")) {
      change(NOTES, Change.insert(Bytes.fromHex(hex), HOME));
    }
    Bytes two = Bytes.fromHex("02");
    assertThat(sorts(Range.first(2))).containsExactly("01", "02");
    assertThat(sorts(Range.last(2))).containsExactly("04", "03");
    assertThat(sorts(Range.after(two, 10))).containsExactly("0200", "03", "04");
    assertThat(sorts(Range.before(Bytes.fromHex("03"), 2))).containsExactly("0200", "02");
    assertThat(sorts(new Range(two, Bytes.fromHex("04"), 10, false)))
        .containsExactly("02", "0200", "03");
    assertThat(sorts(new Range(two, Bytes.fromHex("04"), 2, true))).containsExactly("03", "0200");
    assertThat(sorts(new Range(two, two, 2, false))).isEmpty();
  }

  @Test
  void partitionsAndTablesAreApart() {
    change(NOTES, Change.insert(bytes("a"), bytes("note")));
    change(EVENTS, Change.insert(bytes("a"), bytes("event")));
    Change away = Change.insert(bytes("a"), bytes("away"));
    await(store.batch(NOTES, bytes("home2"), List.of(away)));
    assertThat(await(store.range(NOTES, HOME, Range.first(10))))
        .extracting(Row::body)
        .containsExactly(bytes("note"));
    assertThat(await(store.get(EVENTS.key(HOME, bytes("a")))).orElseThrow().body())
        .isEqualTo(bytes("event"));
  }

  @Test
  void aScanMeetsEveryRowOnce() {
    List<RowKey> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      for (int k = 0; k < 3; k++) {
        RowKey key = NOTES.key(bytes("p" + i), k == 0 ? Bytes.EMPTY : bytes("s" + k));
        await(store.batch(NOTES, key.partition(), List.of(Change.insert(key.sort(), HOME))));
        all.add(key);
      }
    }
    List<RowKey> seen = new ArrayList<>();
    @Nullable RowKey after = null;
    for (List<Row> page = scan(after); !page.isEmpty(); page = scan(after)) {
      page.forEach(row -> seen.add(row.key()));
      after = seen.get(seen.size() - 1);
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void keysAndLimitsHaveBounds() {
    assertThatThrownBy(() -> NOTES.key(Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    Bytes long1 = Bytes.wrap(new byte[RowKey.SORT_BYTES_MAX + 1]);
    assertThatThrownBy(() -> NOTES.key(HOME, long1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Range.first(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Range.first(Range.LIMIT_MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
    Bytes big = Bytes.wrap(new byte[Row.BODY_BYTES_MAX + 1]);
    assertThatThrownBy(() -> change(NOTES, Change.insert(HOME, big)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Table.versioned("Robert'); DROP TABLE"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytesOfAnyValueAreKept() {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    Bytes all = Bytes.wrap(every);
    await(store.batch(EVENTS, all, List.of(Change.insert(all, all))));
    RowKey key = EVENTS.key(all, all);
    assertThat(await(store.get(key))).contains(new Row(key, 1, all));
  }

  private List<Row> scan(@Nullable RowKey after) {
    return await(store.scan(NOTES, after, 4));
  }

  private List<String> sorts(Range range) {
    return await(store.range(NOTES, HOME, range)).stream().map(r -> r.sort().toHex()).toList();
  }
}
