package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.app.config.StoreSettings;
import dev.zamok.authority.store.cassandra.CassandraProblem;
import dev.zamok.authority.store.cassandra.CassandraSchema;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prepares the shared store before the first start and after each upgrade. */
@Command(
    name = "migrate",
    description = {
      "Prepare the store of a cluster: keyspace, tables, and the keyring where there is none yet.",
      "Safe to run twice, and again after it was interrupted. Of two keyrings that are made at once"
          + " on two machines one is refused."
    },
    mixinStandardHelpOptions = true)
public final class MigrateCommand implements Callable<Integer> {
  private static final long SECONDS_MAX = 180;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The settings of an authority.")
  private @Nullable Path config;

  @Override
  public Integer call() {
    NodeSettings settings = NodeSettings.read(config);
    if (!(settings.places().store() instanceof StoreSettings.Cassandra ring)) {
      throw new UserError(
          "nothing to prepare: store.kind is local, and a local store prepares itself");
    }
    PrintWriter out = spec.commandLine().getOut();
    Foreground.once(vertx -> migrate(vertx, settings, ring, out), SECONDS_MAX);
    return 0;
  }

  private static Future<Void> migrate(
      Vertx vertx, NodeSettings settings, StoreSettings.Cassandra ring, PrintWriter out) {
    return CassandraSchema.migrate(vertx, Drivers.cassandra(ring))
        .map(
            done -> {
              out.println(
                  done.from() == done.to()
                      ? "the store is up to date (version " + done.to() + ")"
                      : "the store was brought from version " + done.from() + " to " + done.to());
              out.flush();
              return null;
            })
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof CassandraProblem
                        ? new UserError(String.valueOf(failure.getMessage()))
                        : failure))
        .compose(done -> Stores.openStoreAlone(vertx, settings.places(), Clock.systemUTC()))
        .compose(
            stores ->
                stores
                    .keyring(new SecureRandom())
                    .<Void>mapEmpty()
                    .recover(stores::giveUp)
                    .compose(done -> stores.close()));
  }
}
