package dev.zamok.app.config;

import dev.zamok.hub.limit.HubLimits;
import dev.zamok.hub.limit.Rate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hub's part of the configuration.
 *
 * @param loops event loops that serve connections
 * @param origins web pages that may connect, such as {@code https://zamok.example.org}
 */
public record HubSettings(int loops, Set<String> origins, HubLimits limits, Cluster cluster) {
  /**
   * What a hub in a process of its own must know.
   *
   * @param url where clients reach it; empty for its address and the first host of the certificate
   * @param authorities {@code https://host:port} each: their keys sign the tickets it takes
   * @param trust PEM of who signs their certificates; null for who Java trusts
   * @param beatKey a file with the key of beats, the same for hubs and authorities; null: they are
   *     not signed, and whoever reaches the log can name hubs
   */
  public record Cluster(
      String url, List<String> authorities, @Nullable Path trust, @Nullable Path beatKey) {
    public Cluster {
      authorities = List.copyOf(authorities);
    }

    static Cluster read(Section section) {
      String url = section.text("url", "");
      if (!url.isEmpty() && !url.matches("wss://[^/?#\\s]+/hub")) {
        section.problem("url", url + " is not like wss://hub-1.example.org:8443/hub");
      }
      List<String> authorities = section.texts("authorities", List.of());
      for (String authority : authorities) {
        if (!authority.matches("https://[^/?#\\s]+")) {
          section.problem("authorities", authority + " is not like https://zamok.example.org:8443");
        }
      }
      return new Cluster(url, authorities, section.path("trust"), section.path("beatKey"));
    }
  }

  private static final Duration SECOND = Duration.ofSeconds(1);

  public HubSettings {
    origins = Set.copyOf(origins);
  }

  static HubSettings read(Section section) {
    int loops =
        section.number("loops", Math.min(64, Runtime.getRuntime().availableProcessors()), 1, 256);
    Set<String> origins = Set.copyOf(section.texts("origins", List.of()));
    for (String origin : origins) {
      if (!origin.matches("https?://[^/?#\\s]+")) {
        section.problem("origins", origin + " is not like https://zamok.example.org");
      }
    }
    HubLimits base = HubLimits.defaults();
    HubLimits limits =
        base.with(counts(section, base.counts()))
            .with(rates(section, base.rates()))
            .with(times(section, base.times()));
    Cluster cluster = Cluster.read(section);
    section.end();
    return new HubSettings(loops, origins, limits, cluster);
  }

  private static HubLimits.Counts counts(Section section, HubLimits.Counts base) {
    return new HubLimits.Counts(
        section.number("connectionsMax", base.connectionsMax(), 1, 10_000_000),
        section.number("connectionsPerAddressMax", base.connectionsPerAddressMax(), 1, 10_000_000),
        section.number("roomsPerConnectionMax", base.roomsPerConnectionMax(), 1, 512),
        base.publishesInFlightMax(),
        base.ticketChecksMax(),
        base.catchUpsMax());
  }

  private static HubLimits.Rates rates(Section section, HubLimits.Rates base) {
    Rate publishes = rate(section, "publishesPerSecond", base.publishes());
    Rate signals = rate(section, "signalsPerSecond", base.signals());
    return new HubLimits.Rates(
        publishes,
        rate(section, "joinsPerSecond", base.joins()),
        signals,
        base.renewals(),
        frames(base.frames(), publishes, signals),
        base.warnings());
  }

  /** Who may publish so often must be let in so often. */
  private static Rate frames(Rate base, Rate publishes, Rate signals) {
    int perSecond = Math.max(base.perSecond(), 2 * (publishes.perSecond() + signals.perSecond()));
    int burst = Math.max(base.burst(), 2 * (publishes.burst() + signals.burst()));
    return new Rate(perSecond, burst);
  }

  /** The burst keeps its proportion to the rate. */
  private static Rate rate(Section section, String key, Rate base) {
    int perSecond = section.number(key, base.perSecond(), 1, 100_000);
    return new Rate(perSecond, Math.max(1, perSecond * base.burst() / base.perSecond()));
  }

  private static HubLimits.Times times(Section section, HubLimits.Times base) {
    Duration max = Duration.ofHours(1);
    return new HubLimits.Times(
        base.upgrade(),
        section.duration("helloTimeout", base.hello(), SECOND, max),
        section.duration("heartbeat", base.heartbeat(), SECOND, max),
        section.duration("stuckTimeout", base.stuck(), SECOND, max),
        base.closing(),
        base.logOutage());
  }
}
