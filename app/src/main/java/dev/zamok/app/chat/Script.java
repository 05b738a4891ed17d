package dev.zamok.app.chat;

import dev.zamok.app.UserError;
import dev.zamok.app.login.Connected;
import dev.zamok.app.login.Surroundings;
import dev.zamok.app.login.Waiting;
import dev.zamok.client.Room;
import dev.zamok.client.Session;
import dev.zamok.client.room.HistoryView;
import dev.zamok.client.room.RoomState;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.content.Extra;
import dev.zamok.protocol.content.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Does what the options say, one after the other, without a person. */
final class Script {
  private final Session session;
  private final Waiting waiting;
  private final RoomBook book;
  private final ActionOptions options;
  private final InputStream in;
  private final PrintWriter out;
  private final Output output;

  Script(Connected connected, ActionOptions options, Surroundings around, PrintWriter out) {
    this.session = connected.session();
    this.waiting = connected.waiting();
    this.book = new RoomBook(connected);
    this.options = options;
    this.in = around.in();
    this.out = out;
    this.output =
        options.json()
            ? new Output.Json(this::print)
            : new Output.Words(
                this::print, line -> print("!!! " + line), around.clock(), around.zone());
  }

  /** Yields the exit code. Fails with {@link UserError}. */
  int run() {
    RoomBook.Named named = room();
    if (named == null) {
      listRooms();
      return 0;
    }
    Room room = named.room();
    options.invite().forEach(login -> waiting.on(room.invite(login, Role.WRITER)));
    options.remove().forEach(login -> waiting.on(room.remove(login)));
    if (options.list()) {
      listMembers(named);
    }
    Position shown = options.history() > 0 ? history(named) : null;
    String text = options.send();
    if (text != null) {
      send(room, text.equals("-") ? input() : text);
    }
    return options.follow() ? follow(named, shown) : 0;
  }

  private RoomBook.@Nullable Named room() {
    String create = options.create();
    if (create != null) {
      Room made =
          waiting.on(
              options.channel()
                  ? session.createChannel(create, options.open())
                  : session.createPrivate(create, options.policy()));
      RoomBook.Named named = book.named(made);
      print(
          options.json()
              ? Listing.roomJson(named, waiting.on(made.role()))
              : named.label().id().toString());
      return named;
    }
    String name = options.room();
    if (name == null) {
      return null;
    }
    return options.join() ? book.getOrJoin(name) : book.get(name);
  }

  private void listRooms() {
    for (RoomBook.Named named : book.all()) {
      Role role = waiting.on(named.room().role());
      print(options.json() ? Listing.roomJson(named, role) : Listing.room(named, role));
    }
  }

  private void listMembers(RoomBook.Named named) {
    waiting
        .on(named.room().members())
        .forEach(
            member ->
                print(options.json() ? Listing.memberJson(named, member) : Listing.member(member)));
  }

  /** Yields the position of the last message printed, null when there was none. */
  private @Nullable Position history(RoomBook.Named named) {
    HistoryView view = waiting.on(named.room().history(options.history()));
    view.messages().forEach(message -> output.message(named.label(), message));
    view.warnings().forEach(warning -> output.warning(named.label(), warning));
    return view.messages().isEmpty()
        ? null
        : view.messages().get(view.messages().size() - 1).position();
  }

  private void send(Room room, String text) {
    waiting.on(room.publish(content(text)));
  }

  /** Fails with {@link UserError} when it cannot be said. */
  static Content content(String text) {
    try {
      return new Content.Text(Words.clean(text), List.of(), Extra.NONE);
    } catch (MalformedException e) {
      throw new UserError(
          "a message has 1 to " + Words.CHARACTERS_MAX + " characters; say longer things in parts");
    }
  }

  private String input() {
    try {
      // One byte more than can be said: too long is then noticed, and endless input ends.
      byte[] bytes = in.readNBytes(4 * Words.CHARACTERS_MAX + 1);
      return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UserError("cannot read the input");
    }
  }

  private int follow(RoomBook.Named named, @Nullable Position shown) {
    Follower follower = new Follower(named, output);
    waiting.on(follower.start(shown));
    try {
      RoomState end = follower.over().get();
      throw new UserError(
          end == RoomState.REMOVED
              ? "you are no member of the room any more"
              : "the session has ended");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private void print(String line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}
