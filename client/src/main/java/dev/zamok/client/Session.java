package dev.zamok.client;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.OpeningsApi;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.connection.ConnectionParts;
import dev.zamok.client.connection.HubConnection;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.group.Groups;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.HubSide;
import dev.zamok.client.room.NewRoom;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.room.Rooms;
import dev.zamok.client.room.Surroundings;
import dev.zamok.client.safe.Safes;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.ClientFrame;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An account at work: its contacts and rooms. Thread-safe; see {@link ZamokClient} for threads and
 * failures.
 */
public final class Session {
  private final Loop loop;
  private final SessionApi authority;
  private final Contact self;
  private final Surroundings around;
  private final Rooms rooms;
  private final NewRoom newRoom;
  private final HubConnection connection;
  private final Safes safes;
  private final Groups groups;
  private final OwnDevice device;
  private final OwnAccount account;
  private final Logins logins;
  private final DirectRooms direct;
  private final Function<Accounts.Opened, Session> again;
  private volatile boolean tookUp;

  /**
   * What it is a session of.
   *
   * @param again the same session with other keys
   */
  record Own(
      String login,
      OwnAccount account,
      OwnDevice device,
      Function<Accounts.Opened, Session> again) {}

  Session(Own own, Surroundings around, ConnectionParts parts, OpeningsApi openings) {
    this.device = own.device();
    this.account = own.account();
    this.again = own.again();
    this.loop = around.loop();
    this.authority = around.authority();
    this.around = around;
    this.self = new Contact(own.login(), around.keys().self().card());
    this.newRoom = new NewRoom(around);
    this.rooms = new Rooms(around, new Hub());
    this.connection = new HubConnection(parts, rooms);
    this.safes = new Safes(around, parts.server(), openings, rooms, newRoom);
    this.groups = new Groups(around, rooms, newRoom);
    this.logins = new Logins(authority);
    this.direct = new DirectRooms(authority, rooms, newRoom);
  }

  /** One's own card; others compare its fingerprint. */
  public Contact self() {
    return self;
  }

  /**
   * The account of that name. Its card is pinned when it is seen first; show the fingerprint to be
   * compared. Fails loudly with {@code CARD_CHANGED} when it is not the pinned one nor signed by
   * it.
   */
  public CompletableFuture<Contact> lookup(String login) {
    return on(() -> around.directory().lookup(login));
  }

  /**
   * As {@link #lookup}, but a card that is seen first is not pinned: somebody is asked about its
   * fingerprint before, and {@link #pin} follows when he agrees.
   */
  public CompletableFuture<Contact> look(String login) {
    return on(() -> around.directory().look(login));
  }

  /** Takes the card of {@link #look} for genuine. Fails loudly with {@code CARD_CHANGED}. */
  public CompletableFuture<Contact> pin(Contact contact) {
    return on(() -> around.directory().pin(contact));
  }

  /**
   * Which of these members are in their room by a card that has a successor, as far as the server
   * tells: their former keys open what is sealed there until they are added again.
   */
  public CompletableFuture<Set<Fingerprint>> replaced(List<RoomMember> members) {
    return on(
        () -> around.directory().replaced(members.stream().map(RoomMember::contact).toList()));
  }

  public CompletableFuture<List<DeviceLogin>> logins() {
    return on(logins::list);
  }

  /**
   * Keeps this device: {@link ZamokClient#resume} needs no password from now on, until the device
   * is forgotten, here or from another one, or the session expires. The key is kept under two
   * halves, one of which the server gives to this session alone.
   */
  public CompletableFuture<Void> keepDevice() {
    return on(device::keep);
  }

  /** Whether this session goes on between runs. */
  public boolean isKept() {
    return device.isKept();
  }

  /** This device needs the passwords again; the session ends with {@link #logout}. */
  public CompletableFuture<Void> forgetDevice() {
    return on(() -> device.forget().thenRun(around.keys().caches()::discard));
  }

  /**
   * A new recovery code for the account; the one before opens it no more. Fails with {@code
   * WRONG_PASSWORD}.
   *
   * @param password of the login
   */
  public CompletableFuture<Void> replaceRecoveryCode(char[] password, SecretBytes code) {
    String secret = new String(password);
    return on(() -> account.replaceRecoveryCode(secret, code));
  }

  /**
   * Changes the master password. Other logins go on, and so do devices that are kept and the
   * recovery code; all opened the same keys before and do so now. Fails with {@code WRONG_PASSWORD}
   * when one of the two passwords is wrong; then, and whatever else happens, one master password
   * opens the account, the old one or the new one.
   *
   * @param password of the login
   */
  public CompletableFuture<Void> changeMasterPassword(
      char[] password, char[] current, char[] next) {
    String secret = new String(password);
    char[] before = current.clone();
    char[] after = next.clone();
    return on(() -> account.changeMasterPassword(secret, before, after))
        .whenComplete(
            (done, failure) -> {
              Arrays.fill(before, '\0');
              Arrays.fill(after, '\0');
            });
  }

  /**
   * Replaces the keys of the account: what is sealed for it from now on, wherever it was admitted
   * anew, the former keys do not open. This session is over; go on with the one that this yields,
   * and with {@link #readmit} there. All other logins end, kept devices need the passwords again,
   * and a recovery code from before opens the account no more. Whatever happens on the way, the
   * master password opens the account: the next login goes on from where this stopped. Fails with
   * {@code WRONG_PASSWORD} when one of the passwords is wrong, and with {@code REFUSED} ({@code
   * keys-exhausted}) after the thirty-first time.
   *
   * @param password of the login
   * @param code a new recovery code, null for none
   */
  public CompletableFuture<Session> replaceKeys(
      char[] password, char[] master, @Nullable SecretBytes code) {
    String secret = new String(password);
    char[] typed = master.clone();
    return on(() -> account.replaceKeys(secret, typed, code).thenCompose(this::anew))
        .whenComplete((done, failure) -> Arrays.fill(typed, '\0'));
  }

  private CompletableFuture<Session> anew(Accounts.Opened next) {
    boolean kept = device.isKept();
    around.keys().caches().discard();
    close("the keys were replaced");
    Session session = again.apply(next);
    // What fails is told by isKept: the passwords are needed at the next start, no more.
    return kept
        ? session.device.keep().handle((done, failure) -> session)
        : CompletableFuture.completedFuture(session);
  }

  Session tookUp() {
    tookUp = true;
    return this;
  }

  /**
   * Whether the login that this came from finished a {@link #replaceKeys} that had stopped: then
   * {@link #readmit} is to be done.
   */
  public boolean tookUpReplacedKeys() {
    return tookUp;
  }

  /**
   * Goes through all rooms in which the account is by a card that it replaced: where it administers
   * it admits itself by the newest one, with a new secret; the others are named. Can be repeated.
   */
  public CompletableFuture<Readmitted> readmit() {
    return on(new Readmissions(authority, rooms, groups)::all);
  }

  /**
   * Ends all other logins of this account; devices that were kept need the passwords again. Goes
   * through all of them, and fails as the first did that goes on.
   */
  public CompletableFuture<Void> revokeOthers() {
    return on(logins::revokeOthers);
  }

  /** What a login's device is called in the list of them; 1 to 100 characters. */
  public CompletableFuture<Void> renameDevice(SessionId session, String name) {
    return on(() -> device.rename(session, name));
  }

  /** Ends another login of this account; its rooms get new keys. */
  public CompletableFuture<Void> revoke(SessionId session) {
    return on(() -> authority.revoke(session));
  }

  /**
   * Completes if that is the master password; fails with {@code WRONG_PASSWORD}. It does not leave
   * this client.
   */
  public CompletableFuture<Void> requireMasterPassword(char[] typed) {
    char[] own = typed.clone();
    return on(() -> account.requireMasterPassword(own))
        .whenComplete((done, failure) -> Arrays.fill(own, '\0'));
  }

  /** Changes the login password and ends all other logins. The master password stays. */
  public CompletableFuture<Void> changePassword(char[] current, char[] next) {
    String before = new String(current);
    String after = new String(next);
    return on(() -> authority.changePassword(before, after));
  }

  /** Ends the session at the server and closes it here. */
  public CompletableFuture<Void> logout() {
    return on(
        () -> {
          CompletableFuture<Void> first =
              device.isKept()
                  ? device.forget().thenRun(around.keys().caches()::discard)
                  : CompletableFuture.completedFuture(null);
          return first
              .thenCompose(done -> authority.logout())
              .whenComplete((done, failure) -> end("logged out"));
        });
  }

  /** Closes the connection; the session goes on at the server until it expires. */
  public CompletableFuture<Void> close() {
    return on(
        () -> {
          end("closed");
          return CompletableFuture.completedFuture(null);
        });
  }

  private void end(String why) {
    around.keys().caches().flush();
    close(why);
  }

  private void close(String why) {
    device.close();
    connection.close();
    rooms.ended(ClientProblem.of(Kind.CLOSED, why));
  }

  /** A channel: managed, which means that the server can read it. */
  public CompletableFuture<Room> createChannel(String name, boolean open) {
    return on(() -> newRoom.channel(name, open).thenApply(this::room));
  }

  /** A private room: sealed, no server can read it. */
  public CompletableFuture<Room> createPrivate(String name, History history) {
    return on(() -> newRoom.sealed(RoomKind.PRIVATE, history, name, null).thenApply(this::room));
  }

  /** Secrets that no server can read. */
  public Safes safes() {
    return safes;
  }

  /** People who are one member of safes. */
  public Groups groups() {
    return groups;
  }

  /** The sealed room of two, made if there is none. */
  public CompletableFuture<Room> direct(String login) {
    return on(() -> around.directory().lookup(login).thenCompose(this::direct));
  }

  private CompletableFuture<Room> direct(Contact other) {
    if (other.fingerprint().equals(self.fingerprint())) {
      throw ClientProblem.refused(Kind.REFUSED, "own-account", "that is you", 0);
    }
    return direct.with(other).thenApply(engine -> new Room(loop, around, engine));
  }

  /** All rooms of the account. */
  public CompletableFuture<List<Room>> rooms() {
    return on(() -> authority.rooms().thenApply(views -> views.stream().map(this::room).toList()));
  }

  /** Fails with {@code NOT_ALLOWED} or {@code REFUSED} for a room the account is not in. */
  public CompletableFuture<Room> room(RoomId room) {
    return on(() -> authority.room(room).thenApply(view -> room(asked(room, view))));
  }

  public CompletableFuture<List<OpenChannel>> openChannels() {
    return on(
        () ->
            authority
                .channels()
                .thenApply(
                    channels ->
                        channels.stream()
                            .map(channel -> new OpenChannel(channel.room(), channel.name()))
                            .toList()));
  }

  public CompletableFuture<Room> joinChannel(RoomId channel) {
    return on(() -> authority.join(channel).thenApply(view -> room(asked(channel, view))));
  }

  private static Answers.Room asked(RoomId room, Answers.Room view) {
    if (!view.room().equals(room)) {
      throw ClientProblem.tampered("the server answered with another room");
    }
    return view;
  }

  private Room room(Answers.Room view) {
    return new Room(loop, around, rooms.room(view));
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> step) {
    return Futures.on(loop, step);
  }

  @Override
  public String toString() {
    return "Session[" + self + "]";
  }

  /** The connection is made after the rooms it serves: this joins the two. */
  private final class Hub implements HubSide {
    @Override
    public boolean isOpen() {
      return connection.isOpen();
    }

    @Override
    public boolean hasPlace() {
      return rooms.hasPlace();
    }

    @Override
    public long publishSlot() {
      return connection.publishSlot();
    }

    @Override
    public void send(ClientFrame frame) {
      connection.send(frame);
    }

    @Override
    public void wake() {
      connection.wake();
    }

    @Override
    public void rejoin(RoomId room, Duration delay) {
      connection.rejoin(room, delay);
    }

    @Override
    public void leave(RoomId room) {
      connection.leave(room);
    }

    @Override
    public void refreshTicket() {
      connection.refreshTicket();
    }
  }
}
