package dev.zamok.app.server;

import dev.zamok.app.OwnerOnly;
import dev.zamok.app.UserError;
import dev.zamok.hub.endpoint.FrameTap;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes every frame that the hub holds to a file, for a demonstration: {@code direction u8 (0 in,
 * 1 out) ‖ length u32 ‖ frame}.
 *
 * <p>HELLO and TICKET frames carry tickets, so the file is as secret as they are; and it blocks the
 * event loops a little. Never for production.
 */
final class FrameRecorder implements FrameTap {
  private final OutputStream out;

  FrameRecorder(Path file) {
    OwnerOnly.newFile(file, new byte[0]);
    try {
      out = Files.newOutputStream(file, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UserError("cannot write " + file);
    }
  }

  @Override
  public void onInbound(Bytes frame) {
    record(0, frame);
  }

  @Override
  public void onOutbound(Bytes frame) {
    record(1, frame);
  }

  private synchronized void record(int direction, Bytes frame) {
    try {
      out.write(
          new ByteWriter(5 + frame.size())
              .u8(direction)
              .u32(frame.size())
              .bytes(frame)
              .toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
