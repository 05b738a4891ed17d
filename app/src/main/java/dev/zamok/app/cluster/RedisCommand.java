package dev.zamok.app.cluster;

import dev.zamok.app.UserError;
import dev.zamok.app.tls.PemTrust;
import dev.zamok.cluster.process.AtExit;
import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisConf;
import dev.zamok.cluster.redis.RedisLauncher;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.Sentinels;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One Redis process of a deployment, in the role that the sentinels give it. */
@Command(
    name = "redis",
    description = {
      "Start a Redis server of the room log, as what the sentinels say: a replica of the primary"
          + " that they name. It serves as primary only when they name no other and it has its data.",
      "Runs until the server ends or it is told to end itself."
    },
    mixinStandardHelpOptions = true)
public final class RedisCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--conf", required = true, paramLabel = "FILE", description = "Its redis.conf.")
  private Path conf;

  @Option(
      names = "--at",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Its own address, as the sentinels call it.")
  private String at;

  @Option(
      names = "--sentinels",
      required = true,
      split = ",",
      paramLabel = "HOST:PORT",
      description = "All of them.")
  private List<String> sentinels;

  @Option(
      names = "--new",
      description = "The shard is new and this is its first primary: once in its life.")
  private boolean isNew;

  @Option(
      names = "--server",
      paramLabel = "FILE",
      defaultValue = "/usr/bin/redis-server",
      description = "The program (default: ${DEFAULT-VALUE}).")
  private Path server;

  @Option(names = "--user", paramLabel = "NAME", description = "At the sentinels.")
  private String user = "";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Its first line is the password at the sentinels.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--trust",
      paramLabel = "PEM",
      description = "Who signs the certificates of servers and sentinels; with it all is TLS.")
  private @Nullable Path trust;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "With the sentinels; longer than they take for a fail-over (default: ${DEFAULT-VALUE}).")
  private int patience;

  @Override
  public Integer call() throws InterruptedException {
    if (patience < 1 || patience > 3_600) {
      throw new UserError("--patience must be 1 to 3600 seconds");
    }
    PrintWriter out = spec.commandLine().getOut();
    RedisServer started = start(address(at));
    AtExit.first(started::stop);
    out.println("ready: " + started);
    out.flush();
    int code = started.awaitEnd();
    if (code != 0) {
      throw new UserError("the server ended with " + code + "; see " + started.output());
    }
    return 0;
  }

  private RedisServer start(HostPort own) {
    SocketFactory sockets = trust == null ? SocketFactory.getDefault() : PemTrust.sockets(trust);
    Sentinels.Login login = passwordFile == null ? null : new Sentinels.Login(user, passwordFile);
    Sentinels asked = new Sentinels(addresses(), sockets, login);
    RedisLauncher launcher =
        new RedisLauncher(new RedisBinary(server), asked, Duration.ofSeconds(patience));
    try {
      RedisConf settings = RedisConf.read(conf);
      Path directory =
          Path.of(
              settings
                  .value("dir")
                  .orElseThrow(() -> new UserError(conf + " names no directory: dir is needed")));
      RedisServer.Spec process = new RedisServer.Spec("redis", directory, own, false, sockets);
      return isNew ? launcher.bootstrap(process, settings) : launcher.launch(process, settings);
    } catch (IllegalStateException | UncheckedIOException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
  }

  private List<HostPort> addresses() {
    List<HostPort> all = new ArrayList<>();
    sentinels.forEach(one -> all.add(address(one)));
    return all;
  }

  private static HostPort address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new HostPort(
          text.substring(0, Math.max(colon, 0)), Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new UserError("host:port is wanted, not " + text);
    }
  }
}
