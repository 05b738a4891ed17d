package dev.zamok.app.config;

import java.nio.file.Path;

/**
 * Where a process keeps what must outlive it.
 *
 * @param data the database, where {@code log} or {@code store} is local
 * @param keys the keyring and the self-signed certificate: never in the same backup as the data
 */
public record Places(Path data, Path keys, LogSettings log, StoreSettings store) {
  static Places read(Section section) {
    Path data = Path.of(section.text("data", "data"));
    Path keys = Path.of(section.text("keys", "data-keys"));
    if (keys.toAbsolutePath().normalize().startsWith(data.toAbsolutePath().normalize())) {
      section.problem("keys", "must not lie inside the data directory: one backup would hold both");
    }
    LogSettings log = LogSettings.read(section.section("log"));
    StoreSettings store = StoreSettings.read(section.section("store"));
    if (store instanceof StoreSettings.Cassandra && log instanceof LogSettings.Local) {
      section.problem("log.kind", "a store that others share needs a log that they share");
    }
    return new Places(data, keys, log, store);
  }

  Places at(Path otherData, Path otherKeys) {
    return new Places(otherData, otherKeys, log, store);
  }
}
