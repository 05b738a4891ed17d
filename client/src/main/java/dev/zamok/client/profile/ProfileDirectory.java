package dev.zamok.client.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.protocol.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A profile on disk: a directory (0700) of small JSON files (0600), one per document, written to a
 * temporary file, forced to disk and renamed.
 *
 * <p>One client at a time: the lock on {@code lock} is held until {@link #close}. Two of them would
 * publish under the same sequence numbers, and others would take one for a replay of the other.
 */
public final class ProfileDirectory implements ProfileStore {
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final int DOCUMENT_BYTES_MAX = 16 << 20;
  private static final int CACHE_BYTES_MAX = 64 << 20;
  private static final String CACHE = ".cache";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final FileChannel lockFile;

  private ProfileDirectory(Path directory, FileChannel lockFile) {
    this.directory = directory;
    this.lockFile = lockFile;
  }

  /**
   * Makes the directory when it is not there. Fails with {@code PROFILE}, also when it is in use.
   */
  public static ProfileDirectory open(Path directory) {
    FileChannel lockFile = null;
    try {
      Files.createDirectories(directory, attributes(directory, DIRECTORY));
      if (isPosix(directory)) {
        Files.setPosixFilePermissions(directory, DIRECTORY);
      }
      lockFile = create(directory.resolve("lock"));
      FileLock lock = lockFile.tryLock();
      if (lock != null) {
        return new ProfileDirectory(directory, lockFile);
      }
    } catch (OverlappingFileLockException e) {
      closeQuietly(lockFile);
      throw inUse();
    } catch (IOException e) {
      closeQuietly(lockFile);
      throw problem();
    }
    closeQuietly(lockFile);
    throw inUse();
  }

  @Override
  public @Nullable ObjectNode read(String name) {
    Path file = directory.resolve(name + ".json");
    try {
      if (Files.size(file) > DOCUMENT_BYTES_MAX) {
        throw ProfileStore.broken(name);
      }
      JsonNode node = JSON.readTree(Files.readAllBytes(file));
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw ProfileStore.broken(name);
    } catch (NoSuchFileException e) {
      return null;
    } catch (JsonProcessingException e) {
      throw ProfileStore.broken(name);
    } catch (IOException e) {
      throw problem();
    }
  }

  @Override
  public void write(String name, ObjectNode document) {
    try {
      byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
      replace(name, ".json", ByteBuffer.wrap(json));
      forceDirectory();
    } catch (IOException e) {
      throw problem();
    }
  }

  private void replace(String name, String ending, ByteBuffer content) throws IOException {
    Path temporary = directory.resolve(name + ".new");
    Files.deleteIfExists(temporary);
    try (FileChannel out = create(temporary)) {
      while (content.hasRemaining()) {
        out.write(content);
      }
      out.force(true);
    }
    Files.move(
        temporary,
        directory.resolve(name + ending),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public @Nullable Bytes readCache(String name) {
    Path file = directory.resolve(name + CACHE);
    try {
      return Files.size(file) > CACHE_BYTES_MAX ? null : Bytes.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void writeCache(String name, Bytes content) {
    try {
      replace(name, CACHE, content.asByteBuffer());
    } catch (IOException e) {
      // A full disk must not stop anybody: the next run fetches it again.
      deleteCache(name);
    }
  }

  @Override
  public List<String> caches() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(CACHE))
          .map(file -> file.substring(0, file.length() - CACHE.length()))
          .toList();
    } catch (IOException e) {
      throw problem();
    }
  }

  @Override
  public void deleteCache(String name) {
    try {
      Files.deleteIfExists(directory.resolve(name + CACHE));
    } catch (IOException e) {
      throw problem();
    }
  }

  @Override
  public void delete(String name) {
    try {
      Files.deleteIfExists(directory.resolve(name + ".json"));
      forceDirectory();
    } catch (IOException e) {
      throw problem();
    }
  }

  @Override
  public void close() {
    closeQuietly(lockFile);
  }

  private void forceDirectory() {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some systems do not open directories; the rename is then as durable as they make it.
      return;
    }
  }

  private static FileChannel create(Path file) throws IOException {
    Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    return FileChannel.open(file, options, attributes(file, FILE));
  }

  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static ClientProblem inUse() {
    return ClientProblem.of(Kind.PROFILE, "another client uses this profile now");
  }

  private static ClientProblem problem() {
    return ClientProblem.of(Kind.PROFILE, "the profile directory cannot be read or written");
  }
}
