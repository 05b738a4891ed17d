package dev.zamok.app.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.zamok.app.OwnerOnly;
import dev.zamok.app.SameJava;
import dev.zamok.app.UserError;
import dev.zamok.app.tls.ServerCertificate;
import dev.zamok.cluster.process.AtExit;
import dev.zamok.cluster.process.ServerProcess;
import dev.zamok.cluster.redis.RedisBinary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole topology on one machine, until it is told to end. */
@Command(
    name = "up",
    description = {
      "Start a whole cluster on this machine: 4 Redis with 4 sentinels, 3 Cassandra nodes,"
          + " 3 authorities, 3 hubs.",
      "What ends is started again. Ctrl-C ends all; the data stays for the next start."
    },
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  private static final List<String> HOSTS = List.of("localhost", "127.0.0.1", "::1");
  private static final int SECRET_BYTES = 32;
  private static final int MIGRATION_TRIES = 3;
  private static final Duration MIGRATION_MAX = Duration.ofMinutes(3);

  @Spec private CommandSpec spec;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      defaultValue = "zamok-cluster",
      description = "Everything of the cluster (default: ${DEFAULT-VALUE}).")
  private Path directory;

  @Option(names = "--small", description = "One Cassandra node instead of three.")
  private boolean small;

  @Option(
      names = "--port",
      defaultValue = "8443",
      description =
          "Of the first authority; 18 ports after it are used too (default: ${DEFAULT-VALUE})."
              + " 0 takes free ones.")
  private int port;

  @Option(
      names = "--passwords",
      description =
          "Redis and its sentinels ask for passwords, which are made in the keys directory; for a"
              + " new cluster. Without, and Cassandra in any case, every user of this machine gets"
              + " in.")
  private boolean passwords;

  @Option(
      names = "--restart-after",
      paramLabel = "MILLIS",
      defaultValue = "2000",
      description =
          "From the end of a process to its next start, in milliseconds (default:"
              + " ${DEFAULT-VALUE}).")
  private long restartMillis;

  @Override
  public Integer call() throws InterruptedException {
    if (port != 0 && (port < 1024 || port > 65_000)) {
      throw new UserError("--port must be 0 or 1024 to 65000");
    }
    if (restartMillis < 0) {
      throw new UserError("--restart-after must not be negative");
    }
    PrintWriter out = spec.commandLine().getOut();
    ClusterPlan plan = ClusterPlan.of(directory, small, port);
    OwnerOnly.directory(plan.directory());
    ServerCertificate certificate =
        ServerCertificate.selfSigned(plan.keys(), HOSTS, Clock.systemUTC(), new SecureRandom());
    secret(plan.operatorToken());
    secret(plan.beatKey());
    Supervisor supervisor = new Supervisor(plan.directory(), Duration.ofMillis(restartMillis), out);
    CountDownLatch stopped = new CountDownLatch(1);
    AtExit.first(
        () -> {
          supervisor.stop();
          stopped.countDown();
        });
    RedisUsers users = RedisUsers.of(plan, passwords);
    try {
      start(plan, users, supervisor, out);
    } catch (IllegalStateException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
    out.println("certificate SHA-256 " + certificate.fingerprint());
    out.println("ready: " + String.join(" ", plan.authorityUrls()));
    out.flush();
    supervisor.watch();
    stopped.await();
    return 0;
  }

  static void secret(Path file) {
    if (!Files.exists(file)) {
      byte[] secret = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(secret);
      OwnerOnly.newFile(file, (HexFormat.of().formatHex(secret) + "\n").getBytes(US_ASCII));
    }
  }

  private static void start(
      ClusterPlan plan, @Nullable RedisUsers users, Supervisor supervisor, PrintWriter out) {
    RedisBinary redis = RedisBinary.unpack(plan.of("bin"));
    List<Part> roles = new ArrayList<>();
    RoleFiles files = new RoleFiles(plan, users);
    for (int i = 0; i < plan.roles().authorities().size(); i++) {
      int at = plan.roles().authorities().get(i);
      int inner = plan.roles().inner().get(i);
      roles.add(role(plan, "authority", i + 1, files.authority(at, inner)));
    }
    for (int i = 0; i < plan.roles().hubs().size(); i++) {
      roles.add(role(plan, "hub", i + 1, files.hub(plan.roles().hubs().get(i))));
    }
    // Sentinels first: at a later start it is they who know the primary.
    supervisor.start(SentinelPart.all(plan, redis, users));
    supervisor.start(RedisPart.primaryFirst(plan, redis, users, RedisPart.PATIENCE));
    supervisor.start(CassandraPart.all(plan));
    migrate(plan, out);
    supervisor.start(roles);
  }

  private static RolePart role(ClusterPlan plan, String command, int number, String settings) {
    String name = command + "-" + number;
    Path file = plan.settings(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, settings, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UserError("cannot write " + file);
    }
    return new RolePart(name, command, plan.of(name));
  }

  private static void migrate(ClusterPlan plan, PrintWriter out) {
    out.println("preparing the store");
    out.flush();
    List<String> command =
        SameJava.command(
            List.of(), List.of("migrate", "--config", plan.settings("authority-1").toString()));
    for (int left = MIGRATION_TRIES; ; left--) {
      try {
        ServerProcess.start("migrate", plan.of("migrate"), command).awaitEnd(MIGRATION_MAX);
        return;
      } catch (IllegalStateException e) {
        // A ring that has just started, on a busy machine, may be too slow at first.
        if (left <= 1) {
          throw e;
        }
        out.println("once more: " + String.valueOf(e.getMessage()).strip());
      }
    }
  }
}
