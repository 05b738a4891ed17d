package dev.zamok.load.bench.safe;

import dev.zamok.client.Session;
import dev.zamok.client.ZamokClient;
import dev.zamok.client.safe.SafeContents;
import dev.zamok.load.bench.Bench;
import dev.zamok.protocol.RoomId;
import java.net.URI;
import java.nio.file.Path;

/**
 * Opens one safe on a device that is kept, as {@code zamok safe list SAFE} does, and prints how
 * many items there are, how many milliseconds it took from the open session on, and how much heap
 * is live.
 */
public final class OpenMain {
  private OpenMain() {}

  public static void main(String[] arguments) {
    Place place = new Place(URI.create(arguments[0]), arguments[1], Path.of(arguments[2]));
    try (ZamokClient client = place.owner()) {
      Session session = Bench.wait(client.resume());
      long begun = System.nanoTime();
      SafeContents contents =
          Bench.wait(
              session
                  .safes()
                  .safe(RoomId.parse(arguments[3]))
                  .thenCompose(safe -> safe.items().contents()));
      long millis = (System.nanoTime() - begun) / 1_000_000;
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      long used = runtime.totalMemory() - runtime.freeMemory();
      System.out.println(contents.items().size() + " " + millis + " " + used);
      Bench.wait(session.close());
    }
  }
}
