package dev.zamok.cluster.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of a configuration file. Made from the files of a real deployment ({@code conf/redis}):
 * each change replaces the line of that directive, or adds one. Immutable.
 */
public final class RedisConf {
  /** The name under which the sentinels know the primary. */
  public static final String PRIMARY_NAME = "zamok";

  private static final Pattern USERS =
      Pattern.compile(
          "user (default|zamok\\S*) |masteruser |masterauth |sentinel (auth|sentinel)-(user|pass) ");

  private final List<String> lines;

  private RedisConf(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /** An administrator's own file. Fails with {@link UncheckedIOException}. */
  public static RedisConf read(Path file) {
    try {
      return new RedisConf(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** {@code conf/redis/redis.conf}, for a process in {@code directory}. */
  public static RedisConf server(Path directory, HostPort at) {
    return resource("redis.conf").at(directory, at).with("replica-announce-ip", at.host());
  }

  /** As {@link #server}, as a replica. */
  public RedisConf replicaOf(HostPort primary) {
    return with("replicaof", primary.host() + " " + primary.port());
  }

  /** Told to replicas and sentinels as the address of this server. */
  public RedisConf announcing(HostPort address) {
    return with("replica-announce-ip", address.host())
        .with("replica-announce-port", Integer.toString(address.port()));
  }

  /** {@code conf/redis/sentinel.conf}. */
  public static RedisConf sentinel(Path directory, HostPort at, HostPort primary, int quorum) {
    return resource("sentinel.conf")
        .at(directory, at)
        .with(
            "sentinel monitor",
            PRIMARY_NAME + " " + primary.host() + " " + primary.port() + " " + quorum);
  }

  private RedisConf at(Path directory, HostPort at) {
    return with("dir", directory.toAbsolutePath().toString())
        .with("bind", at.host())
        .with("port", Integer.toString(at.port()));
  }

  /**
   * With one directive changed or added.
   *
   * @param directive its first word, or the first two where the second says which; one that may be
   *     repeated, such as {@code user}, is added by {@link #plus}
   */
  public RedisConf with(String directive, String value) {
    List<String> changed = new ArrayList<>();
    boolean found = false;
    for (String line : lines) {
      if (line.startsWith(directive + " ")) {
        if (!found) {
          changed.add(directive + " " + value);
        }
        found = true;
      } else {
        changed.add(line);
      }
    }
    if (!found) {
      changed.add(directive + " " + value);
    }
    return new RedisConf(changed);
  }

  /**
   * With the users that the file has in comments, for which it then asks passwords.
   *
   * @param client of hubs and authorities
   * @param inner of servers and sentinels among each other
   */
  public RedisConf withUsers(String client, String inner) {
    return new RedisConf(
        lines.stream()
            .map(
                line -> {
                  String bare = line.startsWith("# ") ? line.substring(2) : "";
                  return USERS.matcher(bare).lookingAt()
                      ? bare.replace("CHANGE-ME", bare.startsWith("user zamok ") ? client : inner)
                      : line;
                })
            .toList());
  }

  /** With one more line. */
  public RedisConf plus(String line) {
    List<String> changed = new ArrayList<>(lines);
    changed.add(line);
    return new RedisConf(changed);
  }

  /** What the last line of a directive says. */
  public Optional<String> value(String directive) {
    return lines.stream()
        .filter(line -> line.startsWith(directive + " "))
        .reduce((first, last) -> last)
        .map(line -> line.substring(directive.length()).strip());
  }

  public String text() {
    return String.join("\n", lines) + "\n";
  }

  /** Writes it for the owner's eyes only: it may hold passwords. */
  public void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, text());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static RedisConf resource(String name) {
    try (InputStream in = RedisConf.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new RedisConf(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The size alone: there may be passwords. */
  @Override
  public String toString() {
    return "RedisConf[" + lines.size() + " lines]";
  }
}
