package dev.zamok.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and directories that only their owner may read. Where the file system has no such rights,
 * plain ones.
 */
public final class OwnerOnly {
  private OwnerOnly() {}

  /** Makes the directory and its parents where they are missing. */
  public static void directory(Path directory) {
    try {
      Files.createDirectories(directory, rights(directory, "rwx------"));
    } catch (IOException e) {
      throw new UserError(
          "cannot make the directory "
              + directory
              + ": "
              + reason(e)
              + "; choose another, or mend its rights");
    }
    if (!Files.isWritable(directory)) {
      throw new UserError(
          "cannot write to the directory " + directory + ": choose another, or mend its rights");
    }
  }

  /** Writes a new file, on disk when this returns; never replaces one. */
  public static void newFile(Path file, byte[] content) {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            rights(file, "rw-------"))) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      throw new UserError(
          file + " is there already and is not replaced: name another file, or move it away");
    } catch (IOException e) {
      throw new UserError("cannot write " + file + ": " + reason(e));
    }
  }

  private static FileAttribute<?>[] rights(Path place, String rights) {
    boolean posix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  private static String reason(IOException failure) {
    return failure.getClass().getSimpleName() + " " + failure.getMessage();
  }
}
