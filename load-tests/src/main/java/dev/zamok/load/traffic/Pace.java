package dev.zamok.load.traffic;

import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Says something at a steady rate, now here, now there: who and where follows from the seed. Who
 * was removed goes on trying. One thread.
 */
final class Pace {
  private final List<Member> members;
  private final Random random;
  private final long periodNanos;
  private volatile boolean stopping;
  private int count;

  Pace(List<Member> members, int perSecond, long seed) {
    this.members = members;
    this.random = new Random(seed);
    this.periodNanos = Duration.ofSeconds(1).toNanos() / perSecond;
  }

  Thread start() {
    stopping = false;
    Thread thread = new Thread(this::run, "load-pace");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  void stop() {
    stopping = true;
  }

  private void run() {
    long next = System.nanoTime();
    while (!stopping) {
      next += periodNanos;
      Member member = members.get(random.nextInt(members.size()));
      List<RoomId> rooms = member.rooms();
      int where = random.nextInt(Integer.MAX_VALUE);
      if (!rooms.isEmpty()) {
        count++;
        var unused =
            member.say(
                rooms.get(where % rooms.size()), "message " + count + " of " + member.login());
      }
      // Behind after a pause of this process, the pace goes on from now.
      next = Math.max(next, System.nanoTime() - Duration.ofSeconds(1).toNanos());
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }
}
