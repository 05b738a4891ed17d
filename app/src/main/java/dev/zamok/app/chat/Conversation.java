package dev.zamok.app.chat;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.input.Input;
import dev.zamok.app.chat.input.InputParser;
import dev.zamok.app.chat.screen.Screen;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.login.Connected;
import dev.zamok.app.login.Sentences;
import dev.zamok.app.login.Waiting;
import dev.zamok.client.Room;
import dev.zamok.client.Session;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Trust;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A person talks. Lines are worked off one after the other on the thread that reads them. */
final class Conversation implements Input.Visitor<Boolean> {
  private final Session session;
  private final Waiting waiting;
  private final RoomBook book;
  private final Screen screen;
  private final OpenRooms rooms;
  private CompletableFuture<?> said = CompletableFuture.completedFuture(null);

  Conversation(Connected connected, Screen screen, Output output) {
    this.session = connected.session();
    this.waiting = connected.waiting();
    this.book = new RoomBook(connected);
    this.screen = screen;
    this.rooms = new OpenRooms(waiting, output);
  }

  /**
   * Talks until the person has enough, or the input ends.
   *
   * @param first the room to begin in, null for none
   */
  void run(@Nullable String first) {
    screen.print("You are " + Listing.fingerprint(session.self()));
    for (RoomBook.Named named : book.all()) {
      guarded(() -> rooms.follow(named));
    }
    if (first != null) {
      guarded(() -> enter(book.getOrJoin(first)));
    } else {
      screen.print("/rooms lists your rooms, /join goes to one, /new makes one, /help tells more");
    }
    boolean goOn = true;
    while (goOn) {
      String line = screen.read(prompt());
      goOn = line != null && handle(line);
    }
    awaitSaid();
    rooms.stop();
  }

  /** Words that were typed just before the end are not lost. */
  private void awaitSaid() {
    guarded(() -> waiting.on(said));
  }

  private String prompt() {
    Follower here = rooms.current();
    return (here == null ? "" : here.named().label().shown()) + "> ";
  }

  private boolean handle(String line) {
    try {
      return InputParser.parse(line).accept(this);
    } catch (UserError e) {
      screen.warn(String.valueOf(e.getMessage()));
      return true;
    }
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (UserError e) {
      screen.warn(String.valueOf(e.getMessage()));
    }
  }

  private Room here() {
    return rooms.here().room();
  }

  private void enter(RoomBook.Named named) {
    rooms.enter(named);
    Room room = named.room();
    screen.print(
        "-- "
            + named.label().shown()
            + (room.trust() == Trust.SEALED
                ? " is sealed: its members alone can read it"
                : " is managed: the server can read it"));
  }

  /** Said in order; what goes wrong later is told later. */
  @Override
  public Boolean say(Input.Say input) {
    Follower here = rooms.here();
    said =
        here.room()
            .publish(Script.content(input.text()))
            .handle(
                (done, failure) -> {
                  if (failure != null) {
                    notSaid(here, input.text(), failure);
                  }
                  return null;
                });
    return true;
  }

  private void notSaid(Follower where, String text, Throwable failure) {
    // Closed on purpose: the person knows.
    if (!ClientProblem.is(failure, ClientProblem.Kind.CLOSED)) {
      screen.warn(
          where.named().label().shown()
              + ": NOT SENT: "
              + Visible.lines(text, "      | ")
              + "\n      "
              + Sentences.of(ClientProblem.in(failure), waiting.server()));
    }
  }

  @Override
  public Boolean plain(Input.Plain input) {
    switch (input.word()) {
      case NOTHING -> {}
      case HELP -> InputParser.HELP.forEach(screen::print);
      case ROOMS -> book.all().forEach(this::printRoom);
      case CHANNELS ->
          waiting
              .on(session.openChannels())
              .forEach(
                  channel ->
                      screen.print("~" + Visible.line(channel.name()) + "  " + channel.room()));
      case LEAVE -> {
        waiting.on(here().leave());
        rooms.left();
      }
      case MEMBERS ->
          waiting.on(here().members()).forEach(member -> screen.print(Listing.member(member)));
      case WHO -> screen.print("connected now: " + rooms.here().present());
      case QUIT -> {
        return false;
      }
    }
    return true;
  }

  private void printRoom(RoomBook.Named named) {
    guarded(() -> screen.print(Listing.room(named, waiting.on(named.room().role()))));
  }

  @Override
  public Boolean newRoom(Input.NewRoom input) {
    enter(book.named(waiting.on(session.createPrivate(input.name(), input.history()))));
    return true;
  }

  @Override
  public Boolean newChannel(Input.NewChannel input) {
    enter(book.named(waiting.on(session.createChannel(input.name(), input.open()))));
    return true;
  }

  @Override
  public Boolean join(Input.Join input) {
    enter(book.getOrJoin(input.room()));
    return true;
  }

  @Override
  public Boolean direct(Input.Direct input) {
    enter(book.named(waiting.on(session.direct(input.login()))));
    return true;
  }

  @Override
  public Boolean invite(Input.Invite input) {
    waiting.on(here().invite(input.login(), input.role()));
    Role role = input.role();
    screen.print(
        "-- "
            + Visible.line(input.login())
            + " is "
            + role.name().toLowerCase(Locale.ROOT)
            + " here. Compare fingerprints over another channel: /fingerprint "
            + Visible.line(input.login()));
    return true;
  }

  @Override
  public Boolean remove(Input.Remove input) {
    waiting.on(here().remove(input.login()));
    screen.print("-- " + Visible.line(input.login()) + " is out, and the room has new keys");
    return true;
  }

  @Override
  public Boolean fingerprint(Input.ShowFingerprint input) {
    screen.print(
        Listing.fingerprint(
            input.login().map(login -> waiting.on(session.lookup(login))).orElse(session.self())));
    return true;
  }

  @Override
  public Boolean history(Input.ShowHistory input) {
    rooms.showHistory(input.count());
    return true;
  }

  @Override
  public Boolean rotate(Input.Rotate input) {
    waiting.on(here().rotate(input.reset()));
    screen.print("-- the room has new keys");
    return true;
  }

  @Override
  public Boolean wrong(Input.Wrong input) {
    screen.print(Visible.line(input.why()));
    return true;
  }
}
