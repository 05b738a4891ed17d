package dev.zamok.hub.endpoint;

import dev.zamok.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the endpoint proves its name with.
 *
 * @param certificates X.509 in PEM, the server's own first
 * @param key PKCS #8 in PEM, not encrypted
 */
public record Tls(Bytes certificates, Bytes key) {
  /** Reads both files, blocking. */
  public static Tls read(Path certificates, Path key) throws IOException {
    return new Tls(
        Bytes.wrap(Files.readAllBytes(certificates)), Bytes.wrap(Files.readAllBytes(key)));
  }

  /** The key is a secret: it is not told. */
  @Override
  public String toString() {
    return "Tls[certificates of " + certificates.size() + " bytes]";
  }
}
