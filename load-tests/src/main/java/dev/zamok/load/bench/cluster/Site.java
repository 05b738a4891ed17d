package dev.zamok.load.bench.cluster;

import dev.zamok.cluster.process.FreePorts;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.load.bench.process.Child;
import dev.zamok.load.bench.process.ProcFigures;
import dev.zamok.load.bench.server.Launch;
import dev.zamok.load.bench.server.TicketDesk;
import dev.zamok.load.bench.wire.RoomNames;
import dev.zamok.protocol.ticket.Algorithm;
import dev.zamok.protocol.ticket.TicketKeyMaker;
import dev.zamok.protocol.ticket.TicketKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One shard as an administrator sets it up (a primary, three replicas, a sentinel beside each), an
 * authority that holds its partitions open, and two hubs that take a backend's tickets.
 * Acknowledged is what two of the three replicas have.
 */
record Site(
    RedisTopology redis, Child authority, NodeHub speaking, NodeHub listening, TicketDesk desk)
    implements AutoCloseable {
  private static final int REPLICAS = 3;
  private static final Pattern READY = Pattern.compile("(?m)^ready: (.*)$");

  /** Blocks until all of it is ready. Its data and keys are made anew. */
  static Site start(Launch launch) {
    SecureRandom random = new SecureRandom();
    Path directory = launch.directory().resolve("cluster-" + Long.toHexString(random.nextLong()));
    TicketKeyMaker.Made made = TicketKeyMaker.make(Algorithm.HS256, random);
    Path ticketKeys = written(directory.resolve("keys.jwks"), made.verifying());
    TicketDesk desk =
        new TicketDesk(
            TicketKeys.parse(made.whole().getBytes(StandardCharsets.UTF_8)).signing(),
            RoomNames.of(random.nextLong()),
            random);
    List<AutoCloseable> started = new ArrayList<>();
    try {
      RedisTopology redis =
          RedisTopology.start(
              RedisBinary.unpack(directory.resolve("bin")),
              directory.resolve("redis"),
              RedisTopology.Plan.of(REPLICAS));
      started.add(redis);
      String log = log(redis);
      Child authority = authority(launch, directory.resolve("authority"), log);
      started.add(authority);
      NodeHub speaking = NodeHub.start(launch, directory.resolve("hub-a"), ticketKeys, log);
      started.add(speaking);
      NodeHub listening = NodeHub.start(launch, directory.resolve("hub-b"), ticketKeys, log);
      return new Site(redis, authority, speaking, listening, desk);
    } catch (RuntimeException e) {
      closeAll(started);
      throw e;
    }
  }

  private static String log(RedisTopology redis) {
    return """
        log:
          kind: redis
          redis:
            ack: "2"
            shards:
              - name: zamok
                sentinels: [%s]
        """
        .formatted(
            redis.sentinelAddresses().stream()
                .map(at -> '"' + at.toString() + '"')
                .collect(Collectors.joining(", ")));
  }

  /** Claims the partitions; the rooms of the hubs' tickets are none of its own. */
  private static Child authority(Launch launch, Path directory, String log) {
    Path settings =
        written(
            directory.resolve("zamok.yaml"),
            "listen: 127.0.0.1:%d%n".formatted(FreePorts.find(1).get(0))
                + "data: \"%s\"%n".formatted(directory.resolve("data"))
                + "keys: \"%s\"%n".formatted(directory.resolve("keys"))
                + log);
    List<String> command = new ArrayList<>(launch.zamok());
    command.addAll(List.of("authority", "--config", settings.toString()));
    Child child =
        Child.start(
            command,
            Map.of("ZAMOK_JAVA_OPTIONS", String.join(" ", launch.javaOptions())),
            directory.resolve("authority.out"));
    try {
      child.await(READY);
      return child;
    } catch (RuntimeException e) {
      child.close();
      throw e;
    }
  }

  /** The same servers with rooms that nobody is in. */
  Site renamed() {
    RoomNames other = RoomNames.of(desk.random().nextLong());
    TicketDesk otherDesk = new TicketDesk(desk.key(), other, desk.random());
    return new Site(redis, authority, speaking, listening, otherDesk);
  }

  static Path written(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What all of it has taken so far. */
  Costs costs() {
    RedisServer primary = redis.primary();
    return new Costs(
        speaking.process().figures().cpuNanos(),
        listening.process().figures().cpuNanos(),
        of(primary),
        redis.replicas().stream().mapToLong(Site::of).sum());
  }

  private static long of(RedisServer server) {
    return ProcFigures.of(server.process().pid()).cpuNanos();
  }

  @Override
  public void close() {
    closeAll(List.of(redis, authority, speaking, listening));
  }

  /** The last first. */
  private static void closeAll(List<AutoCloseable> all) {
    for (int i = all.size() - 1; i >= 0; i--) {
      try {
        all.get(i).close();
      } catch (Exception e) { // as AutoCloseable declares it; none of these throws one
        throw new IllegalStateException(e);
      }
    }
  }
}
