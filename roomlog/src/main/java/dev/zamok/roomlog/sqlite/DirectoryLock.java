package dev.zamok.roomlog.sqlite;

import dev.zamok.roomlog.sqlite.DatabaseProblem.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process away from the directory. The operating system lets go of it when the
 * process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "zamok.lock";

  /**
   * The directories open in this process. POSIX record locks belong to the process, and closing any
   * descriptor of the file drops them all (fcntl(2)), so that a second attempt in this process must
   * be refused before it touches the file. This is why there is state in a static here.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static DirectoryLock take(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!OPEN.add(real)) {
      throw locked(real);
    }
    FileChannel channel = null;
    try {
      Path file = real.resolve(FILE);
      OwnerOnly.createFile(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw locked(real);
      }
      return new DirectoryLock(real, channel);
    } catch (IOException | RuntimeException e) {
      letGo(real, channel);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      OPEN.remove(directory);
    }
  }

  private static void letGo(Path directory, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      OPEN.remove(directory);
    }
  }

  private static DatabaseProblem locked(Path directory) {
    return new DatabaseProblem(
        Kind.LOCKED, directory + " is in use by a running server: stop it first");
  }
}
