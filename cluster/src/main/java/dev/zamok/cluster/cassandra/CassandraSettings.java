package dev.zamok.cluster.cassandra;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one node of a ring is started with.
 *
 * @param cluster 1 to 32 letters, digits and {@code _}, the same on all nodes
 * @param address of this machine, such as 127.0.0.2, where it listens
 * @param announced what other nodes are told to reach it by: the same, or the address of something
 *     before it that passes everything on
 * @param ports the same on all nodes of a ring
 * @param token where its part of the ring ends, see {@link #token}
 * @param seeds {@code address:storagePort} of one or two nodes, the same on all
 * @param directory of its data, made if it is missing
 * @param engine how large it is and whom it lets in
 */
public record CassandraSettings(
    String cluster,
    String address,
    String announced,
    Ports ports,
    String token,
    List<String> seeds,
    Path directory,
    Engine engine) {
  /** The data centre of every node, as the snitch of the template names it. */
  public static final String DATA_CENTRE = "datacenter1";

  private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_]{1,32}");
  private static final Pattern PLACE = Pattern.compile("[^\\s\"${}]+");
  private static final int BITS = 64;

  /**
   * Where a node listens.
   *
   * @param cql for clients
   * @param storage among the nodes
   */
  public record Ports(int cql, int storage) {}

  /**
   * How large a node is, and whom it lets in.
   *
   * @param heapMegabytes at least 256
   * @param passwords whether clients log in; the first user is {@code cassandra}, and so is its
   *     password
   * @param tls by which clients come; null: in the clear
   */
  public record Engine(int heapMegabytes, boolean passwords, @Nullable Tls tls) {
    static final int HEAP_MEGABYTES_MIN = 256;

    public Engine(int heapMegabytes, boolean passwords) {
      this(heapMegabytes, passwords, null);
    }

    public Engine {
      if (heapMegabytes < HEAP_MEGABYTES_MIN) {
        throw new IllegalArgumentException("a heap of " + heapMegabytes + " MiB is too small");
      }
    }
  }

  /** A PKCS #12 file with the key of a node. */
  public record Tls(Path keystore, String password) {
    @Override
    public String toString() {
      return "Tls[" + keystore + "]";
    }
  }

  public CassandraSettings {
    if (!CLUSTER.matcher(cluster).matches()) {
      throw new IllegalArgumentException("cluster name " + cluster);
    }
    if (!PLACE.matcher(address).matches()
        || !PLACE.matcher(announced).matches()
        || !PLACE.matcher(directory.toString()).matches()) {
      throw new IllegalArgumentException("address " + address + ", directory " + directory);
    }
    seeds = List.copyOf(seeds);
    directory = directory.toAbsolutePath();
  }

  /** The token of node {@code index} of {@code nodes}, counted from 0: the ring in equal parts. */
  public static String token(int index, int nodes) {
    BigInteger part = BigInteger.ONE.shiftLeft(BITS).multiply(BigInteger.valueOf(index));
    return part.divide(BigInteger.valueOf(nodes))
        .subtract(BigInteger.ONE.shiftLeft(BITS - 1))
        .toString();
  }

  /**
   * The same node, known to the others (and its seeds to it) by other addresses.
   *
   * @param other yields what to announce in the place of an address
   */
  public CassandraSettings announcing(UnaryOperator<String> other) {
    List<String> otherSeeds =
        seeds.stream()
            .map(seed -> seed.split(":", 2))
            .map(parts -> other.apply(parts[0]) + ":" + parts[1])
            .toList();
    return new CassandraSettings(
        cluster, address, other.apply(address), ports, token, otherSeeds, directory, engine);
  }

  /** What stands for the names in the templates. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("cluster", cluster);
    values.put("token", token);
    values.put("directory", directory.toString());
    values.put("address", address);
    values.put("announced", announced);
    values.put("nativePort", Integer.toString(ports.cql()));
    values.put("storagePort", Integer.toString(ports.storage()));
    values.put("seeds", String.join(",", seeds));
    values.put("heap", Integer.toString(engine.heapMegabytes()));
    values.put("commitlogSpace", engine.heapMegabytes() < 1_024 ? "96MiB" : "1024MiB");
    values.put("memtableSpace", Math.max(32, engine.heapMegabytes() / 8) + "MiB");
    values.put("autoSnapshot", Boolean.toString(engine.heapMegabytes() >= 1_024));
    values.put(
        "authenticator", engine.passwords() ? "PasswordAuthenticator" : "AllowAllAuthenticator");
    Tls tls = engine.tls();
    values.put("tls", Boolean.toString(tls != null));
    values.put("keystore", tls == null ? "" : tls.keystore().toString());
    values.put("keystorePassword", tls == null ? "" : tls.password());
    values.put("authorizer", engine.passwords() ? "CassandraAuthorizer" : "AllowAllAuthorizer");
    return values;
  }
}
