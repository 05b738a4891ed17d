package dev.zamok.hub.endpoint;

import dev.zamok.hub.limit.HubLimits;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there are, in all and from each address. An IPv6 address counts as its /64,
 * since one host has all of that (H-014). Thread-safe.
 */
final class AddressCounts {
  private final HubLimits.Counts limits;
  private final ConcurrentMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
  private final AtomicInteger all = new AtomicInteger();

  AddressCounts(HubLimits.Counts limits) {
    this.limits = limits;
  }

  /** What to do with a new connection. */
  enum Verdict {
    TAKE,
    /** Take it, and tell the client that there are too many. */
    REFUSE,
    /** Too many even to answer. */
    DROP
  }

  /** Counts one more, which {@link #remove} must take back, whatever the verdict. */
  Verdict add(InetAddress address) {
    int same = byAddress.merge(network(address), 1, Integer::sum);
    int total = all.incrementAndGet();
    long over =
        Math.max(
            (long) same - limits.connectionsPerAddressMax(),
            (long) total - limits.connectionsMax());
    if (over <= 0) {
      return Verdict.TAKE;
    }
    boolean few = over <= 16 || same <= 2L * limits.connectionsPerAddressMax();
    return few && total <= 2L * limits.connectionsMax() ? Verdict.REFUSE : Verdict.DROP;
  }

  void remove(InetAddress address) {
    byAddress.computeIfPresent(network(address), (key, count) -> count == 1 ? null : count - 1);
    all.decrementAndGet();
  }

  static InetAddress network(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, 8, 16, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
