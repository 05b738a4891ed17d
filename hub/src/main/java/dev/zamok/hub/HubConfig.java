package dev.zamok.hub;

import dev.zamok.hub.endpoint.EndpointConfig;
import dev.zamok.hub.limit.HubLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything a hub can be told. Fails with {@link IllegalArgumentException} whose text names every
 * problem, one a line.
 *
 * @param loops event loops that serve connections, 1 to 256; not more than Vert.x has
 * @param openRoomsFromTickets rooms that the log does not know are opened by their first ticket:
 *     for backends that keep no epochs in our log
 * @param serviceApi whether {@code /hub/api/} is served
 * @param leaseToken under which the server API appends rekeys and evictions; 0 if it must not.
 *     Taken only when it is first needed, for each partition: a higher token than any other
 *     holder's fences that one off
 */
public record HubConfig(
    EndpointConfig endpoint,
    HubLimits limits,
    int loops,
    boolean openRoomsFromTickets,
    boolean serviceApi,
    long leaseToken) {
  public HubConfig {
    List<String> problems = new ArrayList<>();
    problems.addAll(endpoint.problems());
    problems.addAll(limits.problems());
    if (loops < 1 || loops > 256) {
      problems.add("loops must be 1 to 256, not " + loops);
    }
    if (leaseToken < 0) {
      problems.add("leaseToken must not be negative");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** Default limits, two loops, no server API. */
  public static HubConfig of(EndpointConfig endpoint) {
    return new HubConfig(endpoint, HubLimits.defaults(), 2, false, false, 0);
  }

  public HubConfig withEndpoint(EndpointConfig other) {
    return new HubConfig(other, limits, loops, openRoomsFromTickets, serviceApi, leaseToken);
  }

  public HubConfig withLimits(HubLimits other) {
    return new HubConfig(endpoint, other, loops, openRoomsFromTickets, serviceApi, leaseToken);
  }

  public HubConfig withLoops(int other) {
    return new HubConfig(endpoint, limits, other, openRoomsFromTickets, serviceApi, leaseToken);
  }

  public HubConfig withRoomsFromTickets() {
    return new HubConfig(endpoint, limits, loops, true, serviceApi, leaseToken);
  }

  public HubConfig withServiceApi(long otherLeaseToken) {
    return new HubConfig(endpoint, limits, loops, openRoomsFromTickets, true, otherLeaseToken);
  }
}
