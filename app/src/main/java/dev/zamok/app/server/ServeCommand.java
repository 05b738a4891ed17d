package dev.zamok.app.server;

import dev.zamok.app.config.NodeSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The one-node server. */
@Command(
    name = "serve",
    description = "Run hub and authority in one process on one port.",
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions options;

  @Option(
      names = "--record-frames",
      paramLabel = "FILE",
      hidden = true,
      description =
          "For demonstrations: every frame of the hub, tickets included, goes to this file.")
  private @Nullable Path record;

  @Override
  public Integer call() {
    NodeSettings settings = options.settings();
    FrameRecorder recorder = record == null ? null : new FrameRecorder(record);
    return Foreground.run(
        spec.commandLine().getOut(),
        vertx ->
            NodeServer.start(vertx, settings, recorder, Clock.systemUTC()).map(server -> server));
  }
}
