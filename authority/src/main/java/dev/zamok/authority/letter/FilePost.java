package dev.zamok.authority.letter;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One file per letter, as mail programs open them (RFC 5322), which only the owner of the process
 * may read. The administrator passes them on and deletes them.
 */
public final class FilePost implements Post {
  private static final String OWNER_DIRECTORY = "rwx------";
  private static final String OWNER_FILE = "rw-------";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final FileSystem files;
  private final Path directory;
  private final Clock clock;
  private final SecureRandom random;

  public FilePost(Vertx vertx, Path directory, Clock clock, SecureRandom random) {
    this.files = vertx.fileSystem();
    this.directory = directory;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Future<Place> send(Letter letter) {
    byte[] unique = new byte[8];
    random.nextBytes(unique);
    String name = NAME.format(clock.instant()) + "-" + HexFormat.of().formatHex(unique) + ".eml";
    OpenOptions once = new OpenOptions().setCreateNew(true).setWrite(true).setPerms(OWNER_FILE);
    return files
        .mkdirs(directory.toString(), OWNER_DIRECTORY)
        .compose(v -> files.open(directory.resolve(name).toString(), once))
        .compose(
            file ->
                file.write(Buffer.buffer(text(letter)))
                    .compose(v -> file.flush())
                    .eventually(file::close))
        .map(Place.KEPT);
  }

  private String text(Letter letter) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
    return ("To: " + letter.to() + "\n")
        + ("Subject: " + letter.subject() + "\n")
        + ("Date: " + date + "\n")
        + "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        + "Content-Transfer-Encoding: 8bit\n\n"
        + letter.text();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
