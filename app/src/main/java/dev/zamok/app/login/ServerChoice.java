package dev.zamok.app.login;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which server, how it is known, and who is speaking. */
public final class ServerChoice {
  private static final int HTTPS = 443;

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "https://localhost:8443",
      description = "The server (default: ${DEFAULT-VALUE}).")
  private String server = "";

  @Option(
      names = "--login",
      paramLabel = "NAME",
      description = "Your login name; only a link to a secret is opened without one.")
  private @Nullable String login;

  @Option(names = "--register", description = "Make a new account of that name first.")
  private boolean register;

  @Option(
      names = "--recovery-sheet",
      paramLabel = "NEW",
      description = {
        "With --register: write a recovery code to this file, as HTML if it ends so,",
        "else as text."
      })
  private @Nullable Path recoverySheet;

  @Option(
      names = "--recover",
      description = "Open the account by its recovery code, and give it a new master password.")
  private boolean recover;

  @Option(
      names = "--remember-device",
      description = {
        "Keep this device after the login: the next starts ask for no password, until",
        "`zamok device forget`."
      })
  private boolean rememberDevice;

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description = {
        "What this program remembers of the account on this device: pins and counters, no",
        "password, and no key that opens without the server's half",
        "(default: ~/.zamok/NAME@HOST_PORT)."
      })
  private @Nullable Path profile;

  @Option(
      names = "--fingerprint",
      paramLabel = "SHA256",
      description = "The SHA-256 of the server's certificate, as `zamok serve` prints it.")
  private @Nullable String fingerprint;

  @Option(
      names = "--trust-ca",
      paramLabel = "FILE",
      description = "Trust the authorities in this PEM file instead of a pinned certificate.")
  private @Nullable Path trustCa;

  @Option(
      names = "--system-trust",
      description = "Trust the system's certificate authorities instead of a pinned certificate.")
  private boolean systemTrust;

  /** Fails with {@link IllegalArgumentException}. */
  public URI server() {
    try {
      URI uri = new URI(server);
      boolean bare = uri.getRawPath() == null || uri.getRawPath().matches("/?");
      if ("https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && bare) {
        return new URI("https", null, uri.getHost(), uri.getPort(), null, null, null);
      }
    } catch (URISyntaxException e) {
      throw notAServer();
    }
    throw notAServer();
  }

  private static IllegalArgumentException notAServer() {
    return new IllegalArgumentException("--server wants https://HOST or https://HOST:PORT");
  }

  /** Fails with {@link IllegalArgumentException} for what is missing or does not go together. */
  public void check() {
    String unused = login();
    URI unusedToo = server();
    TrustChoice unusedAsWell = trust();
  }

  /** Fails with {@link IllegalArgumentException} when none was named. */
  public String login() {
    if (login == null) {
      throw new IllegalArgumentException("Missing required option: '--login=NAME'");
    }
    return login;
  }

  public boolean register() {
    return register;
  }

  public @Nullable Path recoverySheet() {
    return recoverySheet;
  }

  public boolean recover() {
    return recover;
  }

  public boolean rememberDevice() {
    return rememberDevice;
  }

  /**
   * Fails with {@link IllegalArgumentException} when more than one way to know the server is named,
   * and for options that do not go together.
   */
  public TrustChoice trust() {
    if (recover && register) {
      throw new IllegalArgumentException("--register makes an account: there is none to recover");
    }
    if (recoverySheet != null && !register) {
      throw new IllegalArgumentException(
          "--recovery-sheet goes with --register; later: zamok account recovery-sheet");
    }
    int named = (fingerprint == null ? 0 : 1) + (trustCa == null ? 0 : 1) + (systemTrust ? 1 : 0);
    if (named > 1) {
      throw new IllegalArgumentException(
          "choose one of --fingerprint, --trust-ca and --system-trust");
    }
    return new TrustChoice(fingerprint, trustCa, systemTrust);
  }

  public Path profile(Path home) {
    return profile(home, server());
  }

  /** The profile that was named, or that of a login that was named, at that server. */
  public Optional<Path> namedProfile(Path home, URI at) {
    return profile == null && login == null ? Optional.empty() : Optional.of(profile(home, at));
  }

  /** Whether anything was asked for that is done with an account alone. */
  public boolean changesAccount() {
    return register || recover || rememberDevice;
  }

  private Path profile(Path home, URI uri) {
    if (profile != null) {
      return profile;
    }
    int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
    String host = uri.getHost();
    return home.resolve(".zamok").resolve(fileName(login()) + "@" + fileName(host) + "_" + port);
  }

  /** A name of a file that says the same, whatever the login name holds. */
  private static String fileName(String name) {
    StringBuilder safe = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean letter = (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9');
      boolean plain = letter || b == '-' || b == '_';
      // A dot in front would hide the directory, or be its parent.
      boolean dot = b == '.' && safe.length() > 0;
      if (plain || dot) {
        safe.append((char) b);
      } else {
        safe.append('%').append(HexFormat.of().toHexDigits(b));
      }
    }
    return safe.toString();
  }
}
