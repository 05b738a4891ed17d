package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.app.config.StoreSettings;
import dev.zamok.app.login.Asker;
import dev.zamok.authority.Authority;
import dev.zamok.authority.keyring.Keyrings;
import dev.zamok.crypto.row.Keyring;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Replaces the key that everything at rest is sealed under: in one step where the store is in the
 * data directory, in three where authorities share it and go on running.
 */
@Command(
    name = "keyring",
    description = "Show the keys that the store is sealed under, and replace the active one.",
    mixinStandardHelpOptions = true)
public final class KeyringCommand implements Runnable {
  /** Everything there is may have to be sealed anew. */
  private static final long SECONDS_MAX = 24 * 3_600;

  private final Asker asker;
  @Spec private CommandSpec spec;

  public KeyringCommand() {
    this(Asker.console());
  }

  KeyringCommand(Asker asker) {
    this.asker = asker;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "show, rotate, or one after the other add, activate, rewrap?");
  }

  @Command(
      name = "show",
      description = "Show which keys the file holds, and under which there may be rows.",
      mixinStandardHelpOptions = true)
  int show(@Mixin ServerOptions options) {
    return with(
        options.settings(),
        (keyrings, keyring) ->
            keyrings
                .marked()
                .map(
                    marked -> {
                      print(
                          "keys "
                              + numbers(keyring.ids())
                              + ", active "
                              + keyring.activeId()
                              + (keyring.newestId() > keyring.activeId()
                                  ? ", not active yet " + keyring.newestId()
                                  : ""));
                      print("rows may be sealed under " + numbers(marked));
                      return 0;
                    }));
  }

  @Command(
      name = "rotate",
      description = {
        "Make a new key and seal everything under it: for a store in the data directory, while the"
            + " server is stopped. Old keys stay in the file: older backups need them."
      },
      mixinStandardHelpOptions = true)
  int rotate(@Mixin ServerOptions options) {
    NodeSettings settings = options.settings();
    if (settings.places().store() instanceof StoreSettings.Cassandra) {
      throw new UserError(
          "authorities share this store and go on running: zamok keyring add, activate and rewrap"
              + " (docs/cluster.md)");
    }
    return with(
        settings,
        (keyrings, keyring) ->
            keyrings
                .rotate(keyring, Authority.tables())
                .map(
                    next -> {
                      print(
                          "everything is sealed under key "
                              + next.activeId()
                              + ": back up "
                              + Stores.keyringPath(settings.places()));
                      return 0;
                    }));
  }

  @Command(
      name = "add",
      description = {
        "Add a new key to the file, which opens and does not seal yet. Then copy the file to every"
            + " authority and restart each.",
        "Run it again and nothing more is added."
      },
      mixinStandardHelpOptions = true)
  int add(@Mixin ServerOptions options) {
    NodeSettings settings = options.settings();
    return with(
        settings,
        (keyrings, keyring) ->
            keyrings
                .add(keyring)
                .map(
                    next -> {
                      print(
                          (next == keyring
                                  ? "there is a key that is not active already: "
                                  : "added key ")
                              + next.newestId());
                      print(
                          "copy "
                              + Stores.keyringPath(settings.places())
                              + " to every authority and into your backup, restart each,"
                              + " then: zamok keyring activate");
                      return 0;
                    }));
  }

  @Command(
      name = "activate",
      description = {
        "Make the newest key the active one, in the file, once every authority was started with it."
            + " Then copy the file to every authority and restart each.",
        "May be run on each machine instead of copying."
      },
      mixinStandardHelpOptions = true)
  int activate(
      @Mixin ServerOptions options,
      @Option(
              names = "--yes",
              description = "Every authority was started with this key: do not ask.")
          boolean yes) {
    NodeSettings settings = options.settings();
    return with(
        settings,
        (keyrings, keyring) -> {
          if (keyring.newestId() > keyring.activeId()) {
            demandYes(yes, keyring.newestId());
          }
          return keyrings
              .activate(keyring)
              .map(
                  next -> {
                    print(
                        "key "
                            + next.activeId()
                            + (next == keyring ? " is active already" : " is active"));
                    print(
                        "copy "
                            + Stores.keyringPath(settings.places())
                            + " to every authority, restart each, then: zamok keyring rewrap");
                    return 0;
                  });
        });
  }

  private void demandYes(boolean yes, int key) {
    if (yes) {
      return;
    }
    if (!asker.isThere()) {
      throw new UserError(
          "nobody to ask, nothing was changed: add --yes once every authority was started with key "
              + key);
    }
    if (!asker.confirms(
        "Was every authority started with a keyring that has key "
            + key
            + "? One that was not cannot read what others write from now on.")) {
      throw new UserError("nothing was changed");
    }
  }

  @Command(
      name = "rewrap",
      description = {
        "Seal everything anew that is not sealed under the active key, once every authority was"
            + " started with it as the active one. Beside running authorities, as often as you like."
      },
      mixinStandardHelpOptions = true)
  int rewrap(@Mixin ServerOptions options) {
    return with(
        options.settings(),
        (keyrings, keyring) -> {
          if (keyring.newestId() > keyring.activeId()) {
            throw new UserError(
                "key " + keyring.newestId() + " is not active: zamok keyring activate");
          }
          return keyrings
              .rewrap(keyring, Authority.tables())
              .map(
                  count -> {
                    print(
                        count
                            + " rows were sealed under key "
                            + keyring.activeId()
                            + "; run it again until it is 0, then only older backups need older keys");
                    return 0;
                  });
        });
  }

  private int with(NodeSettings settings, BiFunction<Keyrings, Keyring, Future<Integer>> task) {
    SecureRandom random = new SecureRandom();
    Path file = Stores.keyringPath(settings.places());
    if (!Files.exists(file)) {
      throw new UserError(
          "there is no keyring "
              + file
              + ": the first start of a server, or zamok migrate, makes one");
    }
    return Foreground.once(
        vertx ->
            Stores.openStoreAlone(vertx, settings.places(), Clock.systemUTC())
                .compose(
                    stores ->
                        stores
                            .keyring(random)
                            .compose(keyring -> task.apply(stores.keyrings(random), keyring))
                            .transform(
                                done ->
                                    done.succeeded()
                                        ? stores.close().map(done.result())
                                        : stores.giveUp(done.cause()))),
        SECONDS_MAX);
  }

  private static String numbers(List<Integer> ids) {
    return ids.toString().replaceAll("[\\[\\]]", "");
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
