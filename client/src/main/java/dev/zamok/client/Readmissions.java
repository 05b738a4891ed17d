package dev.zamok.client;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.group.Groups;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.Readmission;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.room.Rooms;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the sealed rooms of an account that replaced its keys. Managed ones follow at the
 * server. What goes wrong in one room is no reason to leave the others. Belongs to the client's
 * loop.
 */
final class Readmissions {
  private final SessionApi authority;
  private final Rooms rooms;
  private final Groups groups;
  private final List<Readmitted.Place> places = new ArrayList<>();
  private final Set<RoomId> stale = new LinkedHashSet<>();

  Readmissions(SessionApi authority, Rooms rooms, Groups groups) {
    this.authority = authority;
    this.rooms = rooms;
    this.groups = groups;
  }

  CompletableFuture<Readmitted> all() {
    return authority
        .rooms()
        .thenCompose(
            views -> {
              List<Answers.Room> sealed =
                  views.stream().filter(view -> view.room().trust() == Trust.SEALED).toList();
              // Groups first: what a safe takes in is then their newest generation.
              List<Answers.Room> ordered = new ArrayList<>(of(sealed, true));
              ordered.addAll(of(sealed, false));
              return Futures.each(ordered, this::look);
            })
        .thenCompose(done -> settle())
        .thenApply(done -> new Readmitted(places, List.copyOf(stale)));
  }

  private static List<Answers.Room> of(List<Answers.Room> views, boolean group) {
    return views.stream().filter(view -> (view.kind() == RoomKind.GROUP) == group).toList();
  }

  private CompletableFuture<Void> look(Answers.Room view) {
    try {
      return look(rooms.room(view));
    } catch (ClientProblem e) {
      places.add(
          new Readmitted.Place(
              view.room(), view.kind(), null, Readmission.WAITS, Role.NONE, List.of(), e));
      return CompletableFuture.completedFuture(null);
    }
  }

  private record Seen(Readmission how, @Nullable ClientProblem problem) {}

  private CompletableFuture<Void> look(RoomEngine room) {
    return Futures.guard(room::readmit)
        .handle(
            (how, failure) ->
                failure == null
                    ? new Seen(how, null)
                    : new Seen(Readmission.WAITS, ClientProblem.in(failure)))
        .thenCompose(
            seen ->
                seen.how() == Readmission.NOTHING
                    ? CompletableFuture.<Void>completedFuture(null)
                    : add(room, seen.how(), seen.problem()));
  }

  private CompletableFuture<Void> add(
      RoomEngine room, Readmission how, @Nullable ClientProblem problem) {
    return Futures.guard(room::name)
        .exceptionally(failure -> null)
        .thenCombine(
            Futures.guard(() -> room.people().members()).exceptionally(failure -> List.of()),
            (name, members) -> {
              List<String> admins =
                  members.stream()
                      .filter(Readmissions::administers)
                      .map(member -> member.contact().login())
                      .toList();
              places.add(
                  new Readmitted.Place(
                      room.id(),
                      room.view().kind(),
                      name,
                      how,
                      room.people().personalRole(),
                      admins,
                      problem));
              return null;
            });
  }

  private static boolean administers(RoomMember member) {
    return !member.self() && !member.contact().isGroup() && member.role().administers();
  }

  /** The safes of the groups whose secret is new. */
  private CompletableFuture<Void> settle() {
    List<RoomId> renewed =
        places.stream()
            .filter(one -> one.kind() == RoomKind.GROUP && one.how() == Readmission.DONE)
            .map(Readmitted.Place::room)
            .toList();
    return Futures.each(
        renewed,
        group ->
            groups.group(group).thenCompose(found -> found.settle()).thenAccept(stale::addAll));
  }
}
