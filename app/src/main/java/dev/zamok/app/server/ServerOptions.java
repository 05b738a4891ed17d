package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.ListenAddress;
import dev.zamok.app.config.NodeSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line may say of a server; it wins over the file. */
final class ServerOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML; conf/zamok.yaml shows all with their defaults.")
  private @Nullable Path config;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      description = "Where to listen (default: 127.0.0.1:8443). Port 0 takes a free one.")
  private @Nullable String listen;

  @Option(names = "--data", paramLabel = "DIR", description = "The database (default: ./data).")
  private @Nullable Path data;

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description =
          "The keyring and the self-signed certificate, apart from the data (default: ./data-keys).")
  private @Nullable Path keys;

  /** What the file says, and the command line over it. */
  NodeSettings settings() {
    NodeSettings file = NodeSettings.read(config);
    return file.at(
        listen(file.listen()),
        data == null ? file.data() : data,
        keys == null ? file.keys() : keys);
  }

  private ListenAddress listen(ListenAddress configured) {
    if (listen == null) {
      return configured;
    }
    try {
      return ListenAddress.parse(listen);
    } catch (IllegalArgumentException e) {
      throw new UserError("--listen " + listen + ": " + e.getMessage());
    }
  }
}
