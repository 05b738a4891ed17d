package dev.zamok.hub.metrics;

import java.util.Locale;

/** What a hub counts, beside close codes and rejections. */
public enum Counter {
  CONNECTIONS_OPENED("TCP connections accepted"),
  CONNECTIONS_CLOSED("TCP connections ended"),
  UPGRADES("WebSocket connections opened"),
  UPGRADES_REFUSED("HTTP requests refused by the endpoint"),
  RELAYS("connections relayed to a route"),
  RELAYS_FAILED("connections whose route did not answer"),
  HELLOS("connections admitted"),
  TICKETS_CHECKED("ticket signatures checked"),
  TICKETS_CACHED("tickets found already checked"),
  ROOMS_OPENED("rooms opened on an event loop"),
  ROOMS_CLOSED("rooms closed on an event loop"),
  JOINS("joins answered"),
  LEAVES("rooms left, by whatever cause"),
  PUBLISHES("messages acknowledged"),
  DUPLICATES("messages acknowledged that the log had already"),
  ENTRIES("committed entries taken from the log for fan-out"),
  DELIVERIES("entries written to connections"),
  SIGNALS("signals passed to the log"),
  SLOW("times a connection did not read fast enough"),
  CATCH_UPS_RING("catch-ups from memory"),
  CATCH_UPS_LOG("reads of the log to catch up"),
  GAPS("gaps told"),
  EVICTIONS("memberships ended on a connection"),
  REREADS("times a room read what it had missed"),
  SERVICE_CALLS("requests to the server API"),
  BUGS("errors that are nobody's fault but the hub's");

  private final String help;

  Counter(String help) {
    this.help = help;
  }

  String help() {
    return help;
  }

  String metric() {
    return "zamok_hub_" + name().toLowerCase(Locale.ROOT) + "_total";
  }
}
