package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import picocli.CommandLine.Parameters;

/** One secret of one safe, as the commands name it. */
final class SecretChoice {
  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(index = "1", paramLabel = "SECRET", description = "Its name, folder/name or id.")
  private String secret = "";

  /** Fails with {@link dev.zamok.app.UserError} when there is none, or several. */
  Safe safe(Desk desk) {
    return desk.safe(safe);
  }

  /** As it was typed. */
  String secret() {
    return secret;
  }

  /** As {@link Desk#safeToChange}. */
  Safe safeToChange(Desk desk) {
    return desk.safeToChange(safe);
  }

  /** Fails as {@link #safe} does. */
  Desk.Found secret(Desk desk, Safe in) {
    return desk.secret(in, secret);
  }
}
