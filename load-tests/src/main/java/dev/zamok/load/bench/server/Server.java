package dev.zamok.load.bench.server;

import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.process.Child;
import dev.zamok.load.bench.wire.Generator;
import dev.zamok.load.bench.wire.Seat;
import java.util.List;

/** A running server that connections can be made to. */
public interface Server extends AutoCloseable {
  String name();

  Child process();

  Generator.Target target();

  /** Places for all connections of a layout. */
  List<Seat> seats(Layout layout);

  @Override
  default void close() {
    process().close();
  }
}
