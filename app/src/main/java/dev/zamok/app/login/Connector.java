package dev.zamok.app.login;

import dev.zamok.app.UserError;
import dev.zamok.client.NewAccount;
import dev.zamok.client.Readmitted;
import dev.zamok.client.Session;
import dev.zamok.client.ZamokClient;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.safe.InviteLink;
import dev.zamok.crypto.HumanCode;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.MalformedException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** From the options to an open session: is this the right server, who is speaking, the keys. */
public final class Connector {
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
    return connect(null);
  }

  /**
   * Fails with {@link UserError}.
   *
   * @param invitation shown where the server makes an account for the invited alone; null for none
   */
  Connected connect(@Nullable InviteLink invitation) {
    try {
      return login(client(), invitation);
    } catch (ClientProblem e) {
      throw Sentences.error(e, server);
    }
  }

  /** Forgets that this device is kept, which needs no password. Fails with {@link UserError}. */
  public void forget() {
    try (ZamokClient client = client()) {
      Waiting waiting = new Waiting(server);
      if (waiting.on(client.keptLogin()).isEmpty()) {
        throw new UserError("this device is not kept");
      }
      try {
        waiting.on(client.forgetKept());
      } catch (UserError e) {
        throw new UserError(
            "this device has forgotten the account, but the server was not told ("
                + e.getMessage()
                + "): forget it there from another device");
      }
    } catch (ClientProblem e) {
      throw Sentences.error(e, server);
    }
  }

  /** A new recovery code in a new file. Fails with {@link UserError}. */
  public void recoverySheet(Path file) {
    Passwords passwords = new Passwords(around.environment(), around.asker());
    char[] password = passwords.login(false);
    try (Connected connected = connect()) {
      SecretBytes code = HumanCode.generate(new SecureRandom());
      new RecoverySheet(server, choice.login(), code).write(file);
      boolean done = false;
      try {
        connected.waiting().on(connected.session().replaceRecoveryCode(password, code));
        done = true;
      } finally {
        if (!done) {
          notes.println(
              "zamok: the code in " + file + " may or may not open the account: make another");
        }
      }
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /**
   * Another master password, asked for. Fails with {@link UserError}.
   *
   * @param endOthers all other logins end then
   */
  public void changeMasterPassword(boolean endOthers) {
    Passwords passwords = new Passwords(around.environment(), around.asker());
    char[] password = passwords.login(false);
    char[] current = passwords.master(false);
    char[] next = new char[0];
    try (Connected connected = connect(password, current)) {
      FirstStart first = new FirstStart(around.asker(), notes, new SecureRandom());
      next = first.master(passwords::nextMaster, passwords.typesNextMaster(), password);
      change(connected, password, current, next);
      notes.println("zamok: the master password is changed");
      notes.flush();
      if (endOthers) {
        connected.waiting().on(connected.session().revokeOthers());
      }
    } finally {
      Arrays.fill(password, '\0');
      Arrays.fill(current, '\0');
      Arrays.fill(next, '\0');
    }
  }

  /** Another login password, asked for; all other logins end. Fails with {@link UserError}. */
  public void changeLoginPassword() {
    Passwords passwords = new Passwords(around.environment(), around.asker());
    char[] current = passwords.login(false);
    char[] master = passwords.master(false);
    char[] next = new char[0];
    try (Connected connected = connect(current, master)) {
      if (connected.session().isKept()) {
        // It was not needed to get here, and what is typed is to be compared with the true one.
        connected.waiting().on(connected.session().requireMasterPassword(master));
      }
      next = passwords.nextLogin();
      FirstStart.checkLogin(next);
      Passwords.checkDifferent(next, master);
      connected.waiting().on(connected.session().changePassword(current, next));
      notes.println("zamok: the login password is changed, all other logins have ended");
      notes.flush();
    } finally {
      Arrays.fill(current, '\0');
      Arrays.fill(master, '\0');
      Arrays.fill(next, '\0');
    }
  }

  /**
   * New keys, and all that follows of them. Fails with {@link UserError}.
   *
   * @param sheet the file for a new recovery code, null for none or one on the terminal
   */
  public Readmitted replaceKeys(@Nullable Path sheet) {
    Passwords passwords = new Passwords(around.environment(), around.asker());
    char[] password = passwords.login(false);
    char[] master = passwords.master(false);
    Connected connected = connect(password, master);
    try {
      FirstStart first = new FirstStart(around.asker(), notes, new SecureRandom());
      connected =
          new KeyRenewal(connected, notes, first)
              .renewed(
                  password, master, sheet, code -> new RecoverySheet(server, choice.login(), code));
      return readmitted(connected);
    } finally {
      connected.close();
      Arrays.fill(password, '\0');
      Arrays.fill(master, '\0');
    }
  }

  private static Readmitted readmitted(Connected connected) {
    return connected.waiting().on(connected.session().readmit(), KeyRenewal.SECONDS_MAX);
  }

  /** What is left of it. Fails with {@link UserError}. */
  public Readmitted readmit() {
    try (Connected connected = connect()) {
      return readmitted(connected);
    }
  }

  private void change(Connected connected, char[] password, char[] current, char[] next) {
    AtomicBoolean unchanged = new AtomicBoolean();
    try {
      connected
          .waiting()
          .on(connected.session().changeMasterPassword(password, current, next), unchanged);
    } catch (UserError e) {
      if (!unchanged.get()) {
        notes.println(
            "zamok: your keys are safe: the new master password opens them, or still the old one");
        notes.flush();
      }
      throw e;
    }
  }

  /** As {@link #connect}, with passwords that were asked for. */
  private Connected connect(char[] password, char[] master) {
    ZamokClient client = client();
    boolean done = false;
    try {
      Waiting waiting = new Waiting(server);
      Optional<Session> kept = resumed(client, waiting);
      Session session =
          kept.isPresent()
              ? kept.get()
              : waiting.on(waiting.on(client.login(choice.login(), password)).unlock(master));
      done = true;
      return told(new Connected(client, session, waiting));
    } catch (ClientProblem e) {
      throw Sentences.error(e, server);
    } finally {
      if (!done) {
        client.close();
      }
    }
  }

  private Connected told(Connected connected) {
    if (connected.session().tookUpReplacedKeys()) {
      notes.println(
          "zamok: your keys were replaced, which had stopped on its way: it is done now, and all other"
              + " logins have ended; `zamok account replace-keys --rest` does what follows");
      notes.flush();
    }
    return connected;
  }

  private ZamokClient client() {
    return ZamokClient.builder()
        .server(server)
        .trust(new ServerPin(server, profile, around.asker(), notes).trust(choice.trust()))
        .profile(profile)
        .deviceName("zamok on " + System.getProperty("os.name", "a computer"))
        .build();
  }

  private Connected login(ZamokClient client, @Nullable InviteLink invitation) {
    boolean done = false;
    try {
      Waiting waiting = new Waiting(server);
      Optional<Session> kept = resumed(client, waiting);
      Session session = kept.isPresent() ? kept.get() : byPasswords(client, waiting, invitation);
      done = true;
      return told(new Connected(client, session, waiting));
    } finally {
      if (!done) {
        client.close();
      }
    }
  }

  /** Without any password, on a device that is kept. */
  private Optional<Session> resumed(ZamokClient client, Waiting waiting) {
    boolean mine = waiting.on(client.keptLogin()).filter(choice.login()::equals).isPresent();
    if (choice.register() || choice.recover() || !mine) {
      return Optional.empty();
    }
    try {
      return Optional.of(waiting.on(client.resume()));
    } catch (UserError e) {
      if (waiting.on(client.keptLogin()).isPresent()) {
        throw e;
      }
      notes.println("zamok: this device is no longer kept: " + e.getMessage());
      notes.flush();
      return Optional.empty();
    }
  }

  private Session byPasswords(
      ZamokClient client, Waiting waiting, @Nullable InviteLink invitation) {
    char[] password = new char[0];
    char[] master = new char[0];
    try {
      Passwords passwords = new Passwords(around.environment(), around.asker());
      Session session;
      if (choice.register()) {
        FirstStart first = new FirstStart(around.asker(), notes, new SecureRandom());
        first.explain();
        password = passwords.login(true);
        FirstStart.checkLogin(password);
        master = first.master(() -> passwords.master(true), passwords.typesMaster(), password);
        Optional<SecretBytes> code = first.code(choice.recoverySheet());
        NewAccount more = new NewAccount(code.orElse(null), invitation);
        char[] login = password;
        char[] keys = master;
        session =
            first.with(
                code.map(secret -> new RecoverySheet(server, choice.login(), secret)),
                choice.recoverySheet(),
                waiting,
                () -> client.register(choice.login(), login, keys, more));
      } else if (choice.recover()) {
        password = passwords.login(false);
        var login = waiting.on(client.login(choice.login(), password));
        master = passwords.master(true);
        Passwords.checkDifferent(password, master);
        session = waiting.on(login.recover(code(passwords), password, master));
      } else {
        password = passwords.login(false);
        var login = waiting.on(client.login(choice.login(), password));
        master = passwords.master(false);
        session = waiting.on(login.unlock(master));
      }
      new DeviceOffer(around.asker(), notes, waiting)
          .make(client, session, choice.rememberDevice());
      return session;
    } finally {
      Arrays.fill(password, '\0');
      Arrays.fill(master, '\0');
    }
  }

  private static SecretBytes code(Passwords passwords) {
    char[] typed = passwords.recoveryCode();
    try {
      return HumanCode.parse(new String(typed));
    } catch (MalformedException e) {
      throw new UserError("that is no recovery code: a character is missing or wrong");
    } finally {
      Arrays.fill(typed, '\0');
    }
  }
}
