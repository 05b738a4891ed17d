package dev.zamok.app.chat;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.RoomLabel;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.login.Connected;
import dev.zamok.app.login.Waiting;
import dev.zamok.client.OpenChannel;
import dev.zamok.client.Room;
import dev.zamok.client.Session;
import dev.zamok.client.room.RoomMember;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rooms of the account by name. Asks the server each time: others invite. */
final class RoomBook {
  private final Session session;
  private final Waiting waiting;

  private static final Set<RoomKind> NOT_FOR_TALK =
      EnumSet.of(RoomKind.SAFE, RoomKind.FOLDER, RoomKind.GROUP);

  RoomBook(Connected connected) {
    this.session = connected.session();
    this.waiting = connected.waiting();
  }

  /** A room and what it is called. */
  record Named(Room room, RoomLabel label) {}

  List<Named> all() {
    List<Named> named = new ArrayList<>();
    for (Room room : waiting.on(session.rooms())) {
      if (!NOT_FOR_TALK.contains(room.kind())) {
        named.add(named(room));
      }
    }
    return named;
  }

  Named named(Room room) {
    Optional<String> name = room.kind() == RoomKind.DIRECT ? other(room) : waiting.on(room.name());
    return new Named(
        room, new RoomLabel(room.id(), room.kind(), name.orElse(room.id().toString())));
  }

  private Optional<String> other(Room room) {
    return waiting.on(room.members()).stream()
        .filter(member -> !member.self())
        .map((RoomMember member) -> member.contact().login())
        .findFirst();
  }

  /** The room of that name or id; empty when there is none. */
  Optional<Named> find(String text) {
    Optional<Room> byId = byId(text);
    if (byId.isPresent()) {
      return byId.map(this::named);
    }
    List<Named> found = all().stream().filter(named -> named.label().matches(text)).toList();
    if (found.size() > 1) {
      String ids =
          found.stream()
              .map(named -> named.label().id().toString())
              .collect(Collectors.joining(", "));
      throw new UserError(
          "several rooms are called " + Visible.line(text) + ": use one of the ids " + ids);
    }
    return found.stream().findFirst();
  }

  /** Without looking at all rooms. */
  private Optional<Room> byId(String text) {
    try {
      return Optional.of(waiting.on(session.room(RoomId.parse(text))));
    } catch (MalformedException | UserError e) {
      return Optional.empty();
    }
  }

  /** Fails with {@link UserError} when the account is not in it. */
  Named get(String text) {
    return find(text)
        .orElseThrow(
            () ->
                new UserError(
                    "you are not in a room called "
                        + Visible.line(text)
                        + "; --list or /rooms shows your rooms"));
  }

  /** The room of that name; an open channel is joined. */
  Named getOrJoin(String text) {
    Optional<Named> own = find(text);
    if (own.isPresent()) {
      return own.get();
    }
    List<OpenChannel> channels =
        waiting.on(session.openChannels()).stream()
            .filter(
                channel ->
                    new RoomLabel(channel.room(), RoomKind.CHANNEL, channel.name()).matches(text))
            .toList();
    if (channels.size() != 1) {
      throw new UserError(
          channels.isEmpty()
              ? "there is no room called "
                  + Visible.line(text)
                  + " that you are in or may join; ask a member to invite you"
              : "several channels are called " + Visible.line(text) + ": use the id");
    }
    return named(waiting.on(session.joinChannel(channels.get(0).room())));
  }
}
