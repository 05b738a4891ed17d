package dev.zamok.load.bench.safe;

import dev.zamok.client.ZamokClient;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.crypto.password.KdfParams;
import java.net.URI;
import java.nio.file.Path;

/** A server and the files around it. */
record Place(URI server, String fingerprint, Path directory) {
  private static final KdfParams CHEAP =
      new KdfParams.Argon2id(KdfParams.Argon2id.MEMORY_KIB_MIN, KdfParams.Argon2id.PASSES_MIN, 1);

  /** The owner's device, which is kept. */
  Path profile() {
    return directory.resolve("owner");
  }

  ZamokClient owner() {
    return ZamokClient.builder()
        .server(server)
        .trust(ServerTrust.pinned(fingerprint))
        .profile(profile())
        .masterPasswordCost(CHEAP)
        .build();
  }

  Place at(URI other) {
    return new Place(other, fingerprint, directory);
  }
}
