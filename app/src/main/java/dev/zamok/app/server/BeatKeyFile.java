package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.beat.BeatKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that {@code hub.beatKey} names. */
final class BeatKeyFile {
  private static final Logger LOG = LoggerFactory.getLogger(BeatKeyFile.class);

  private BeatKeyFile() {}

  /** Null, with a warning, where there is none. Fails with {@link UserError}. */
  static @Nullable BeatKeys of(NodeSettings settings) {
    Path file = settings.hub().cluster().beatKey();
    if (file == null) {
      LOG.warn(
          "hub.beatKey is not set: whoever can publish on the Redis of the room log can send"
              + " clients to hubs of his own");
      return null;
    }
    return read(file);
  }

  static BeatKeys read(Path file) {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        for (PosixFilePermission right : Files.getPosixFilePermissions(file)) {
          if (!right.name().startsWith("OWNER_")) {
            throw new UserError(file + " must be readable by its owner alone: chmod 600 " + file);
          }
        }
      }
      return BeatKeys.parse(Files.readString(file));
    } catch (IOException e) {
      throw new UserError(
          "cannot read hub.beatKey "
              + file
              + ": make it once with `openssl rand -hex 32`, the same for all hubs and authorities");
    } catch (MalformedException e) {
      throw new UserError(file + " holds no key of beats: " + e.getMessage());
    }
  }
}
