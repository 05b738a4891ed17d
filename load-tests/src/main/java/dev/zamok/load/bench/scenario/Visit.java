package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.Drive;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.server.Server;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of one size at one server that others are measured at in turn: its connections stay
 * between the rounds, or are made anew for each when a process cannot have those to both servers.
 */
final class Visit implements AutoCloseable {
  private static final long SETTLE_MILLIS = 500;

  private final Bench bench;
  private final Server server;
  private final Layout layout;
  private final int bodyBytes;
  private final Function<Hall, Drive> drives;
  private final boolean staying;
  private @Nullable Side side;
  private Result.Account account = new Result.Account(0, 0);

  /**
   * @param staying between two rounds
   */
  Visit(
      Bench bench,
      Server server,
      Layout layout,
      int bodyBytes,
      Function<Hall, Drive> drives,
      boolean staying) {
    this.bench = bench;
    this.server = server;
    this.layout = layout;
    this.bodyBytes = bodyBytes;
    this.drives = drives;
    this.staying = staying;
  }

  /** One round, after some traffic for those who have just come. Blocks. */
  Side.Round round() {
    Side there = side;
    if (there == null) {
      there = Side.of(bench, server, new Hall(layout, bodyBytes));
      side = there;
      there.round(drives, SETTLE_MILLIS);
    }
    Side.Round round = there.round(drives, bench.plan().seconds() * 1_000L);
    if (!staying) {
      close();
      Bench.pause(SETTLE_MILLIS);
    }
    return round;
  }

  /** Of all rounds, once it is closed. */
  Result.Account account() {
    return account;
  }

  /** Everybody hangs up; the server stays. */
  @Override
  public void close() {
    Side there = side;
    if (there != null) {
      side = null;
      account = account.plus(there.account());
      there.leave();
    }
  }
}
