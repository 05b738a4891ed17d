package dev.zamok.roomlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.roomlog.LogDriver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static Entry entry(long counter, String body) {
    return new Entry(
        LogDriver.room(counter % 3),
        Position.of(0x800001, counter),
        Position.of(0x7fffff, counter - 1),
        1_700_000_000_000L,
        EntryKind.MESSAGE,
        new MemberTag(-5),
        7,
        new MessageId(-1, counter),
        LogDriver.text(body));
  }

  @Test
  void aChunkDecodesToWhatWasEncoded() {
    List<Entry> entries = List.of(entry(5, "a"), entry(6, ""), entry(9, "long".repeat(5000)));
    byte[] encoded = ChunkCodec.encode(entries);
    assertThat(ChunkCodec.decode(Bytes.wrap(encoded))).isEqualTo(entries);
    assertThat(ChunkCodec.encode(ChunkCodec.decode(Bytes.wrap(encoded)))).isEqualTo(encoded);
    assertThat(ChunkCodec.decode(Bytes.wrap(ChunkCodec.encode(List.of())))).isEmpty();
  }

  @Test
  void everyChangedOrMissingByteOfAChunkIsNoticed() {
    byte[] encoded = ChunkCodec.encode(List.of(entry(5, "abc"), entry(6, "def")));
    for (int i = 0; i < encoded.length; i++) {
      byte[] changed = encoded.clone();
      changed[i] ^= 0x10;
      assertThatThrownBy(() -> ChunkCodec.decode(Bytes.wrap(changed)))
          .isInstanceOf(MalformedException.class);
      Bytes cut = Bytes.wrap(encoded, 0, i);
      assertThatThrownBy(() -> ChunkCodec.decode(cut)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void aChunkWhosePositionsDoNotRiseIsRefused() {
    byte[] encoded = ChunkCodec.encode(List.of(entry(6, "a"), entry(5, "b")));
    assertThatThrownBy(() -> ChunkCodec.decode(Bytes.wrap(encoded)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void anEntryIsFoundInItsChunkAndInMemoryOnlyWhileItFits() {
    Chunk chunk = Chunk.decode(5, ChunkCodec.encode(List.of(entry(5, "a"), entry(8, "b"))));
    assertThat(chunk.find(5)).isEqualTo(entry(5, "a"));
    assertThat(chunk.find(8)).isEqualTo(entry(8, "b"));
    assertThat(chunk.find(6)).isNull();
    HotChunks hot = new HotChunks(300);
    hot.add(chunk);
    assertThat(hot.find(8)).isNotNull();
    assertThat(hot.find(4)).isNull();
    hot.add(Chunk.decode(9, ChunkCodec.encode(List.of(entry(9, "c")))));
    assertThat(hot.find(8)).as("pushed out").isNull();
    assertThat(hot.find(9)).isNotNull();
  }

  /** The same operations on a table and on a map give the same answers. */
  @Test
  void anIdTableIsAMap() {
    long seed = 20_240_607;
    Random random = new Random(seed);
    IdTable table = new IdTable(random.nextLong());
    Map<Integer, Long> map = new HashMap<>();
    long position = 1;
    for (int step = 0; step < 20_000; step++) {
      int key = random.nextInt(3000);
      MemberTag tag = new MemberTag(key % 3);
      MessageId id = new MessageId(key / 3, 0);
      assertThat(table.get(tag, id)).isEqualTo(map.getOrDefault(key, 0L));
      if (random.nextInt(500) == 0) {
        long cut = Math.max(0, position - random.nextInt(1500));
        table.removeUpTo(cut);
        map.values().removeIf(p -> p <= cut);
      } else {
        position += 1 + random.nextInt(3);
        table.put(tag, id, position);
        map.putIfAbsent(key, position);
      }
      assertThat(table.size()).isEqualTo(map.size());
    }
  }

  /** The same operations on an index and on a list give the same answers. */
  @Test
  void anEntryIndexIsASortedList() {
    Random random = new Random(99);
    EntryIndex index = new EntryIndex();
    List<Long> list = new ArrayList<>();
    // Past 2^63, where positions are negative as numbers.
    long packed = Long.MAX_VALUE - 2000;
    for (int step = 0; step < 10_000; step++) {
      if (random.nextInt(50) == 0) {
        int count = random.nextInt(list.size() + 1);
        index.dropFirst(count);
        list.subList(0, count).clear();
      } else {
        packed += 1 + random.nextInt(3);
        index.add(new Position(packed), (int) packed);
        list.add(packed);
      }
      long asked = packed - random.nextInt(100);
      long below = list.stream().filter(p -> Long.compareUnsigned(p, asked) <= 0).count();
      assertThat(index.countUpTo(new Position(asked))).isEqualTo((int) below);
      assertThat(index.size()).isEqualTo(list.size());
      if (!list.isEmpty()) {
        int at = random.nextInt(list.size());
        assertThat(index.position(at).packed()).isEqualTo(list.get(at));
        assertThat(index.bytes(at)).isEqualTo((int) (long) list.get(at));
      }
    }
  }
}
