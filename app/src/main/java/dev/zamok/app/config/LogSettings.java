package dev.zamok.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which room log a process uses. */
public sealed interface LogSettings {
  /** An {@code ack}. */
  String STORED = "stored";

  /** In the data directory: for one process. */
  record Local() implements LogSettings {}

  /**
   * On Redis, shared by all hubs and authorities.
   *
   * @param ack {@code all}, or the number of replicas that must hold an entry before anybody sees
   *     it, or {@link #STORED}: two, and the store
   * @param shards in the order of their partitions: every process must list them alike
   */
  record Redis(String ack, Access access, List<Shard> shards) implements LogSettings {
    public Redis {
      shards = List.copyOf(shards);
    }
  }

  /**
   * A primary with its replicas.
   *
   * @param sentinels {@code host:port} each; empty when {@code primary} is given
   * @param primary {@code host:port}; empty when the sentinels know
   * @param replicas how many there should be; fewer raise an alert
   */
  record Shard(String name, List<String> sentinels, String primary, int replicas) {
    public Shard {
      sentinels = List.copyOf(sentinels);
    }
  }

  /**
   * How a server lets us in.
   *
   * @param passwordFile its first line; null without a password
   * @param trust PEM of who signs the server's certificate; null without TLS
   */
  record Access(String user, @Nullable Path passwordFile, @Nullable Path trust) {
    static Access read(Section section) {
      String user = section.text("user", "");
      Path password = section.path("passwordFile");
      if (!user.isEmpty() && password == null) {
        section.problem("passwordFile", "a user needs one");
      }
      return new Access(user, password, section.path("trust"));
    }
  }

  static LogSettings read(Section section) {
    String kind = section.text("kind", "local");
    Section redis = section.section("redis");
    LogSettings settings = redis(redis, kind.equals("redis"));
    redis.end();
    if (!kind.equals("local") && !kind.equals("redis")) {
      section.problem("kind", "local or redis is wanted");
    }
    section.end();
    return kind.equals("redis") ? settings : new Local();
  }

  private static Redis redis(Section section, boolean used) {
    String ack = section.text("ack", "2");
    if (!ack.matches("all|" + STORED + "|[1-9]")) {
      section.problem("ack", "all, stored, or a number of replicas from 1 to 9, is wanted");
    }
    List<Shard> shards = new ArrayList<>();
    for (Section one : section.sections("shards")) {
      shards.add(shard(one));
    }
    for (Shard shard : shards) {
      int needed = replicas(ack);
      if (shard.replicas() < needed) {
        section.problem("ack", "shard " + shard.name() + " has fewer replicas than that");
      }
    }
    if (used && shards.isEmpty()) {
      section.problem("shards", "at least one is needed");
    }
    return new Redis(ack, Access.read(section), shards);
  }

  /** At least so many a shard needs; 0 for what makes no sense. */
  private static int replicas(String ack) {
    return switch (ack) {
      case "all" -> 1;
      case STORED -> 2;
      default -> ack.matches("[1-9]") ? Integer.parseInt(ack) : 0;
    };
  }

  private static Shard shard(Section section) {
    Shard shard =
        new Shard(
            section.text("name", ""),
            section.addresses("sentinels"),
            section.text("primary", ""),
            section.number("replicas", 3, 0, 9));
    if (shard.name().isEmpty()) {
      section.problem("name", "is needed: what the sentinels call it");
    }
    if (shard.sentinels().isEmpty() == shard.primary().isEmpty()) {
      section.problem("sentinels", "either these or a primary");
    }
    section.end();
    return shard;
  }
}
