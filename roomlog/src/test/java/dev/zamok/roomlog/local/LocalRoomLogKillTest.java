package dev.zamok.roomlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.Page;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged survives {@code kill -9}. */
class LocalRoomLogKillTest {
  private static final long SEED = 20_251_103;
  private static final int ROUNDS = 6;

  @TempDir Path directory;

  private record Sent(int author, int number) {}

  private final List<Map<Sent, Position>> acknowledged = new ArrayList<>();
  private final List<Position> cuts = new ArrayList<>();

  @Test
  void everythingAcknowledgedSurvivesAKillOnceAndInOrder() throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < KillChild.ROOMS; i++) {
      acknowledged.add(new HashMap<>());
      cuts.add(Position.ZERO);
    }
    int generation = 0;
    for (int round = 0; round < ROUNDS; round++) {
      // The first rounds die while opening or soon after, the later ones under load.
      int lines = round == 0 ? 1 : 1 + random.nextInt(400 * round * round);
      run(round, lines);
      try (Store store = new Store(directory, Limits.DEFAULT)) {
        int opened = verify(store.driver(), "seed %d, round %d".formatted(SEED, round));
        assertThat(opened).isGreaterThan(generation);
        generation = opened;
      }
    }
    assertThat(acknowledged).allSatisfy(room -> assertThat(room).hasSizeGreaterThan(20));
  }

  /** Runs a child until it printed so many lines, kills it, and takes in all it had printed. */
  private void run(int round, int lines) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                KillChild.class.getName(),
                directory.toString(),
                String.valueOf(round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      String line = "";
      for (int i = 0; i < lines; i++) {
        line = out.readLine();
        assertThat(line).as("the child ended by itself").isNotNull();
        take(line);
      }
      // SIGKILL; through the handle, since Process.destroyForcibly throws away the unread output.
      process.toHandle().destroyForcibly();
      for (line = out.readLine(); line != null; line = out.readLine()) {
        take(line);
      }
    }
    process.waitFor();
  }

  private void take(String line) {
    String[] words = line.split(" ");
    if (words[0].equals("ack") && words.length == 6 && line.endsWith(".")) {
      int room = Integer.parseInt(words[1]);
      Sent sent = new Sent(Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      acknowledged.get(room).put(sent, position(words[4], words[5]));
    } else if (words[0].equals("cut") && words.length == 4 && line.endsWith(".")) {
      cuts.set(Integer.parseInt(words[1]), position(words[2], words[3]));
    } else {
      assertThat(line).as("what the child says").doesNotStartWith("failed");
    }
  }

  private static Position position(String generation, String counter) {
    long number = Long.parseLong(counter.substring(0, counter.length() - 1));
    return Position.of(Integer.parseInt(generation), number);
  }

  /** Yields the generation of this opening. */
  private int verify(LogDriver d, String name) {
    for (int room = 0; room < KillChild.ROOMS; room++) {
      if (acknowledged.get(room).isEmpty()) {
        continue;
      }
      List<Entry> entries = readAll(d, room);
      Map<Sent, Position> found = new HashMap<>();
      Map<Integer, Integer> lastOf = new HashMap<>();
      Position floor = d.state(LogDriver.room(room)).floor();
      Position last = floor;
      for (Entry entry : entries) {
        Sent sent = new Sent((int) entry.id().high() - 1, (int) entry.id().low());
        assertThat(entry.previous()).as("%s: chain", name).isEqualTo(last);
        last = entry.position();
        assertThat(found.put(sent, entry.position())).as("%s: twice %s", name, sent).isNull();
        assertThat(LogDriver.text(entry)).startsWith(sent.author() + "/" + sent.number());
        Integer before = lastOf.put(sent.author(), sent.number());
        if (before != null) {
          assertThat(sent.number()).as("%s: order", name).isEqualTo(before + KillChild.ROOMS);
        }
      }
      assertThat(floor.isAfter(cuts.get(room))).as("%s: floor", name).isFalse();
      acknowledged
          .get(room)
          .forEach(
              (sent, position) -> {
                if (position.isAfter(floor)) {
                  assertThat(found.get(sent)).as("%s: %s", name, sent).isEqualTo(position);
                } else {
                  assertThat(found).as("%s: trimmed %s", name, sent).doesNotContainKey(sent);
                }
              });
      repeatLast(d, room, entries);
    }
    LogDriver.await(d.log.openRoom(LogDriver.room(99), 1));
    return d.say(LogDriver.room(99), "verified").generation();
  }

  private static List<Entry> readAll(LogDriver d, int room) {
    List<Entry> entries = new ArrayList<>();
    Page page = d.read(LogDriver.room(room), Position.ZERO);
    entries.addAll(page.entries());
    while (page.more()) {
      page = d.read(LogDriver.room(room), entries.get(entries.size() - 1).position());
      entries.addAll(page.entries());
    }
    return entries;
  }

  /** A client that never got its answer asks again: the entry is recognised. */
  private static void repeatLast(LogDriver d, int room, List<Entry> entries) {
    if (!entries.isEmpty()) {
      Entry last = entries.get(entries.size() - 1);
      Append again = Append.message(LogDriver.room(room), last.tag(), 0, 1, last.id(), last.body());
      assertThat(d.append(again)).isEqualTo(new Appended(last.position(), true));
    }
  }
}
