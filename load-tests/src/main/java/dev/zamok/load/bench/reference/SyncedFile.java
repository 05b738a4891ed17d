package dev.zamok.load.bench.reference;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that everything is appended to, and on the disk when {@link #append} returns. */
final class SyncedFile {
  private final FileChannel file;

  SyncedFile(Path path) throws IOException {
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Blocks, on purpose: the reference has nothing else to do meanwhile. */
  void append(ByteBuf bytes) throws IOException {
    bytes.getBytes(bytes.readerIndex(), file, file.position(), bytes.readableBytes());
    file.position(file.position() + bytes.readableBytes());
    file.force(false);
  }
}
