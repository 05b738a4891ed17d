package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.net.HostAndPort;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process knows of one primary and its replicas. Thread-safe. */
final class Shard {
  private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

  private final RedisLogConfig.Shard config;
  private final int replicasNeeded;
  private final Dialer dialer;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile @Nullable HostAndPort primary;
  private volatile boolean suspect;
  private volatile boolean short_;
  private volatile Vitals vitals = Vitals.UNKNOWN;
  private volatile long waitedNanos;

  /** What the primary says of itself, about once a second. */
  record Vitals(int replicas, long lagBytes) {
    static final Vitals UNKNOWN = new Vitals(0, 0);
  }

  Shard(RedisLogConfig.Shard config, int replicasNeeded, Dialer dialer) {
    this.config = config;
    this.replicasNeeded = replicasNeeded;
    this.dialer = dialer;
    this.waitedNanos = System.nanoTime();
    if (config.source() instanceof RedisLogConfig.Source.Standalone standalone) {
      primary = standalone.address();
    }
  }

  String name() {
    return config.name();
  }

  RedisLogConfig.Shard config() {
    return config;
  }

  Dialer dialer() {
    return dialer;
  }

  int replicasNeeded() {
    return replicasNeeded;
  }

  void register(Link link) {
    links.add(link);
  }

  /** Where the primary is, as far as known. */
  Future<HostAndPort> primary() {
    HostAndPort known = primary;
    return known == null
        ? Future.failedFuture(new Unavailable("no primary is known", false))
        : Future.succeededFuture(known);
  }

  @Nullable HostAndPort known() {
    return primary;
  }

  boolean isAt(HostAndPort address) {
    return address.equals(primary);
  }

  /** Something is wrong with the primary: the sentinels are asked at once. */
  void suspect() {
    suspect = true;
  }

  boolean takeSuspicion() {
    boolean was = suspect;
    suspect = false;
    return was;
  }

  /** The sentinels name this one. */
  void moveTo(HostAndPort address) {
    if (!address.equals(primary)) {
      LOG.info("shard {}: the primary is {}", name(), address);
      primary = address;
      links.forEach(link -> link.moved(address));
    }
  }

  void waited() {
    waitedNanos = System.nanoTime();
  }

  /** When enough replicas last confirmed anything. */
  long waitedNanos() {
    return waitedNanos;
  }

  Vitals vitals() {
    return vitals;
  }

  void vitals(Vitals now, boolean shortOfMemory) {
    if (shortOfMemory != short_) {
      LOG.warn("shard {}: {}", name(), shortOfMemory ? "short of memory" : "memory again");
    }
    vitals = now;
    short_ = shortOfMemory;
  }

  boolean isShortOfMemory() {
    return short_;
  }

  void close() {
    links.forEach(Link::close);
  }
}
