package dev.zamok.authority.node;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets the operator in: whoever can read a file of the server, which holds a token of 32 to 128
 * characters. A file that others may read is refused at the start.
 */
final class OperatorGate {
  private static final int CHARACTERS_MIN = 32;
  private static final int CHARACTERS_MAX = 128;
  private static final String BEARER = "Bearer ";

  private final byte @Nullable [] token;

  private OperatorGate(byte @Nullable [] token) {
    this.token = token;
  }

  /** Blocks: reads a file. Fails with {@link IllegalArgumentException} that says what to mend. */
  static OperatorGate open(@Nullable Path file) {
    if (file == null) {
      return new OperatorGate(null);
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      for (PosixFilePermission permission : permissions) {
        if (!permission.name().startsWith("OWNER_")) {
          throw new IllegalArgumentException(file + " must be readable by its owner alone");
        }
      }
      String text = Files.readString(file).trim();
      if (text.length() < CHARACTERS_MIN || text.length() > CHARACTERS_MAX) {
        throw new IllegalArgumentException(file + " must hold a token of 32 to 128 characters");
      }
      return new OperatorGate(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException | UnsupportedOperationException e) {
      throw new IllegalArgumentException("cannot read " + file, e);
    }
  }

  /** Fails with {@link Problem#UNAUTHENTICATED} for everybody else. */
  void check(Request request) {
    String header = request.original().authorization();
    boolean right =
        token != null
            && header != null
            && header.length() <= BEARER.length() + CHARACTERS_MAX
            && header.startsWith(BEARER)
            && MessageDigest.isEqual(
                token, header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8));
    if (!right) {
      throw Problem.UNAUTHENTICATED.refusal();
    }
  }
}
