package dev.zamok.authority.keyring;

import dev.zamok.crypto.row.Keyring;
import dev.zamok.protocol.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The file that keeps the keyring, in a directory of its own, apart from the data: whoever copies
 * the data does not copy the keys.
 *
 * <p>Readable by its owner alone; refused when others may read it. Blocks: not for event loops.
 */
public final class KeyringFile {
  /** Names the file, when it is set. */
  public static final String ENVIRONMENT = "ZAMOK_KEYRING";

  private static final int BYTES_MAX = 65_536;
  private static final FileAttribute<?> FILE_OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> DIRECTORY_OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Set<PosixFilePermission> OWNER =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path path;
  private final Path directory;

  /**
   * Fails with {@link KeyringProblem} for a place inside {@code data}, the directory of the
   * database.
   */
  public KeyringFile(Path path, Path data) {
    this.path = path.toAbsolutePath().normalize();
    Path parent = this.path.getParent();
    if (parent == null) {
      throw new KeyringProblem("%s is no place for a keyring".formatted(path));
    }
    this.directory = parent;
    if (this.path.startsWith(data.toAbsolutePath().normalize())) {
      throw new KeyringProblem(
          "the keyring %s lies in the data directory %s: whoever copies the data would have its keys"
                  .formatted(this.path, data)
              + "; choose another directory for it");
    }
  }

  /** The file that {@value #ENVIRONMENT} names, or else {@code configured}. */
  public static Path choose(Map<String, String> environment, Path configured) {
    String named = environment.get(ENVIRONMENT);
    return named == null || named.isBlank() ? configured : Path.of(named);
  }

  public Path path() {
    return path;
  }

  /** Empty when there is no file. Fails with {@link KeyringProblem}. */
  Optional<Keyring> read() {
    try {
      if (!Files.exists(path)) {
        return Optional.empty();
      }
      Set<PosixFilePermission> open = Files.getPosixFilePermissions(path);
      open.removeAll(OWNER);
      if (!open.isEmpty()) {
        throw new KeyringProblem("others may read the keyring %s: chmod 600 it".formatted(path));
      }
      if (Files.size(path) > BYTES_MAX) {
        throw new KeyringProblem("%s is not a keyring".formatted(path));
      }
      return Optional.of(Keyring.parse(Files.readString(path, StandardCharsets.US_ASCII)));
    } catch (MalformedException e) {
      throw new KeyringProblem(
          "%s is damaged (%s): restore it from its backup".formatted(path, e.getMessage()));
    } catch (IOException e) {
      throw new KeyringProblem("the keyring %s cannot be read".formatted(path), e);
    }
  }

  /** Fails with {@link KeyringProblem} when the file exists. */
  void create(Keyring keyring) {
    if (Files.exists(path)) {
      throw new KeyringProblem("%s exists and is not replaced".formatted(path));
    }
    replace(keyring);
  }

  /** Writes another file, then puts it in the place of the old one in one step. */
  void replace(Keyring keyring) {
    Path draft = path.resolveSibling(path.getFileName() + ".new");
    byte[] text = keyring.export().getBytes(StandardCharsets.US_ASCII);
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, DIRECTORY_OWNER_ONLY);
      }
      Files.deleteIfExists(draft);
      Files.createFile(draft, FILE_OWNER_ONLY);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(text);
        while (left.hasRemaining()) {
          channel.write(left);
        }
        channel.force(true);
      }
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } catch (IOException e) {
      throw new KeyringProblem("the keyring %s cannot be written".formatted(path), e);
    } finally {
      java.util.Arrays.fill(text, (byte) 0);
    }
  }
}
