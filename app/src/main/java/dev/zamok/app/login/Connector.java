package dev.zamok.app.login;

import dev.zamok.app.UserError;
import dev.zamok.client.Session;
import dev.zamok.client.ZamokClient;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.profile.Profile;
import dev.zamok.client.profile.ProfileDirectory;
import dev.zamok.client.trust.CertificatePin;
import dev.zamok.client.trust.ServerTrust;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** From the options to an open session: is this the right server, who is speaking, the keys. */
public final class Connector {
  private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);

  private final URI server;
  private final ServerChoice choice;
  private final Path profile;
  private final Surroundings around;
  private final PrintWriter notes;

  public Connector(ServerChoice choice, Surroundings around, PrintWriter notes) {
    this.server = choice.server();
    this.choice = choice;
    this.profile = choice.profile(around.home());
    this.around = around;
    this.notes = notes;
  }

  /** Fails with {@link UserError}. */
  public Connected connect() {
    try {
      ServerTrust trust = trust(choice.trust());
      ZamokClient client =
          ZamokClient.builder()
              .server(server)
              .trust(trust)
              .profile(profile)
              .deviceName("zamok chat")
              .build();
      return login(client);
    } catch (ClientProblem e) {
      throw Sentences.error(e, server);
    }
  }

  private Connected login(ZamokClient client) {
    boolean done = false;
    char[] password = new char[0];
    char[] master = new char[0];
    try {
      Waiting waiting = new Waiting(server);
      Passwords passwords = new Passwords(around.environment(), around.asker());
      password = passwords.login(choice.register());
      Session session;
      if (choice.register()) {
        master = passwords.master(true);
        Passwords.checkDifferent(password, master);
        session = waiting.on(client.register(choice.login(), password, master));
      } else {
        var login = waiting.on(client.login(choice.login(), password));
        master = passwords.master(false);
        session = waiting.on(login.unlock(master));
      }
      done = true;
      return new Connected(client, session, waiting);
    } finally {
      Arrays.fill(password, '\0');
      Arrays.fill(master, '\0');
      if (!done) {
        client.close();
      }
    }
  }

  private ServerTrust trust(TrustChoice trust) {
    if (trust.system()) {
      return ServerTrust.system();
    }
    Path ca = trust.ca();
    if (ca != null) {
      return ServerTrust.pem(ca);
    }
    Optional<CertificatePin> pinned = pinned();
    String fingerprint = trust.fingerprint();
    if (fingerprint != null) {
      pinNamed(parse(fingerprint), pinned);
    } else if (pinned.isEmpty()) {
      pinAsked();
    } else {
      checkUnchanged(pinned.get());
    }
    return ServerTrust.pinnedInProfile();
  }

  /** The user knows the fingerprint: the server must show it. */
  private void pinNamed(CertificatePin named, Optional<CertificatePin> pinned) {
    CertificatePin shown = ZamokClient.serverCertificate(server, HANDSHAKE_MAX);
    if (!shown.equals(named)) {
      throw new UserError(
          "DANGER: the server shows the certificate "
              + shown.display()
              + ", not the one you named. Somebody may sit between you and the server");
    }
    if (pinned.isPresent() && !pinned.get().equals(named)) {
      notes.println(
          "zamok: the certificate pinned before, " + pinned.get().display() + ", is replaced");
    }
    ZamokClient.pinServer(profile, named);
  }

  /** First contact: the user compares. */
  private void pinAsked() {
    CertificatePin shown = ZamokClient.serverCertificate(server, HANDSHAKE_MAX);
    String seen = server + " shows the certificate SHA-256 " + shown.display();
    String compare = "Compare it with what `zamok serve` printed on the server.";
    if (!around.asker().isThere()) {
      throw new UserError(
          seen + ", which nobody has confirmed yet. " + compare + " Then add --fingerprint");
    }
    notes.println(seen);
    notes.println(compare);
    notes.flush();
    if (!around.asker().confirms("Is it the same?")) {
      throw new UserError("not connected: the certificate was not confirmed");
    }
    ZamokClient.pinServer(profile, shown);
  }

  /** Every connection checks the pin again; this says loudly what both certificates are. */
  private void checkUnchanged(CertificatePin pinned) {
    CertificatePin shown = ZamokClient.serverCertificate(server, HANDSHAKE_MAX);
    if (!shown.equals(pinned)) {
      throw new UserError(
          "DANGER: THE SERVER'S CERTIFICATE HAS CHANGED from "
              + pinned.display()
              + " to "
              + shown.display()
              + ". Somebody may sit between you and the server. Only if the administrator confirms"
              + " the new one, start once with --fingerprint");
    }
  }

  private Optional<CertificatePin> pinned() {
    try (ProfileDirectory directory = ProfileDirectory.open(profile)) {
      return new Profile(directory, new SecureRandom()).serverPin().map(Connector::parse);
    }
  }

  private static CertificatePin parse(String fingerprint) {
    try {
      return CertificatePin.parse(fingerprint);
    } catch (IllegalArgumentException e) {
      throw new UserError("a fingerprint is 64 hexadecimal digits, as `zamok serve` prints it");
    }
  }
}
