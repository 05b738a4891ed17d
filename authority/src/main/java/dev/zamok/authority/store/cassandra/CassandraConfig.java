package dev.zamok.authority.store.cassandra;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the ring is, and how it is used.
 *
 * @param contacts some of its nodes; the others are learnt from them
 * @param dataCentre the one whose nodes are asked, as the ring's snitch names it
 * @param login null where the ring lets everybody in
 * @param trust a PEM file with the certificates that signed those of the nodes; null for no TLS
 */
public record CassandraConfig(
    List<Contact> contacts,
    String dataCentre,
    Keyspace keyspace,
    @Nullable Login login,
    @Nullable Path trust,
    Limits limits) {
  private static final int CONTACTS_MAX = 64;
  private static final Pattern DATA_CENTRE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public CassandraConfig {
    contacts = List.copyOf(contacts);
    if (contacts.isEmpty() || contacts.size() > CONTACTS_MAX) {
      throw new IllegalArgumentException(contacts.size() + " nodes to begin with");
    }
    if (!DATA_CENTRE.matcher(dataCentre).matches()) {
      throw new IllegalArgumentException("data centre " + dataCentre);
    }
  }

  /** A node's address for clients. */
  public record Contact(String host, int port) {
    private static final int PORT_MAX = 0xffff;

    public Contact {
      if (host.isBlank() || port < 1 || port > PORT_MAX) {
        throw new IllegalArgumentException("node " + host + ":" + port);
      }
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * What holds all tables.
   *
   * @param name 1 to 48 of {@code a-z}, digits and {@code _}, starting with a letter
   * @param replicas how many nodes of the data centre keep each row
   */
  public record Keyspace(String name, Strategy strategy, int replicas) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
    private static final int REPLICAS_MAX = 9;

    public Keyspace {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("keyspace " + name);
      }
      if (replicas < 1 || replicas > REPLICAS_MAX) {
        throw new IllegalArgumentException(replicas + " replicas");
      }
    }
  }

  /** Cassandra's ways of placing replicas. */
  public enum Strategy {
    /** For rings that know no data centres. */
    SIMPLE("SimpleStrategy"),
    NETWORK("NetworkTopologyStrategy");

    private final String cql;

    Strategy(String cql) {
      this.cql = cql;
    }

    String cql() {
      return cql;
    }
  }

  /**
   * A user of the ring.
   *
   * @param passwordFile its first line is the password; read when the store is opened
   */
  public record Login(String user, Path passwordFile) {}

  /**
   * Bounds.
   *
   * @param request how long one request may take
   * @param connect how long a node may take to accept a connection
   * @param resolve how long to look for the outcome of a compare-and-set that was not answered
   * @param callsMax how many calls of the store may be under way; more are refused
   */
  public record Limits(Duration request, Duration connect, Duration resolve, int callsMax) {
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10), 2_048);

    private static final int CALLS_MAX = 32_000;

    public Limits {
      for (Duration time : List.of(request, connect, resolve)) {
        if (time.isNegative() || time.isZero()) {
          throw new IllegalArgumentException("a time limit of " + time);
        }
      }
      if (callsMax < 1 || callsMax > CALLS_MAX) {
        throw new IllegalArgumentException(callsMax + " calls at once");
      }
    }
  }
}
