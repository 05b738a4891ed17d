package dev.zamok.cluster.process;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that starts servers, prints their process ids, and waits to be killed. */
final class Parent {
  private Parent() {}

  public static void main(String[] args) throws InterruptedException {
    Path directory = Path.of(args[0]);
    ServerProcess ended = ServerProcess.start("ended", directory, List.of("sleep", "600"));
    ended.kill();
    ServerProcess one = ServerProcess.start("one", directory, List.of("sleep", "600"));
    // as a command that starts others
    ServerProcess other =
        ServerProcess.start("other", directory, List.of("sh", "-c", "sleep 600 & wait"));
    System.out.println("pids " + one.pid() + " " + other.pid());
    TimeUnit.MINUTES.sleep(10);
  }
}
