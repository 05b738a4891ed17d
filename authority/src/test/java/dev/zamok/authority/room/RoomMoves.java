package dev.zamok.authority.room;

import static dev.zamok.authority.Await.failure;

import dev.zamok.authority.TestMember;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.stream.IntStream;

/** What tests of other packages do to rooms. */
public final class RoomMoves {
  private final RoomBed bed;

  public RoomMoves(RoomBed bed) {
    this.bed = bed;
  }

  /** An open channel. */
  public RoomId channel(TestMember owner, History history) {
    return bed.on(() -> create(owner, history)).id();
  }

  /** So many of them, made at once. */
  public void channels(TestMember owner, History history, int count) {
    bed.on(
        () -> Future.all(IntStream.range(0, count).mapToObj(i -> create(owner, history)).toList()));
  }

  private Future<Room> create(TestMember owner, History history) {
    RoomLabel label = new RoomLabel(true, "lobby", Bytes.EMPTY);
    return bed.rooms().managed().create(owner.principal(), history, label);
  }

  /** A private room. */
  public ChainMaker sealed(TestMember owner, History history) {
    ChainMaker maker = ChainMaker.begin(owner, history);
    Extension extension = maker.extension(owner);
    bed.on(
        () -> bed.rooms().sealed().create(owner.principal(), RoomKind.PRIVATE, history, extension));
    return maker;
  }

  /** Adds what was done to a chain since its room was made or last extended. */
  public void extend(TestMember by, ChainMaker maker) {
    Extension extension = maker.extension(by);
    bed.on(() -> bed.rooms().sealed().extend(by.principal(), maker.room(), extension));
  }

  /** As any request to the statements: without cargo. */
  public Throwable extendFails(TestMember by, RoomId room, Bytes statement) {
    Extension extension = new Extension(java.util.List.of(statement), java.util.List.of(), null);
    return failure(bed.run(() -> bed.rooms().sealed().extend(by.principal(), room, extension)));
  }

  public void join(TestMember who, RoomId room) {
    bed.on(() -> bed.rooms().managed().join(who.principal(), room));
  }

  public void put(TestMember by, TestMember who, RoomId room, Role role) {
    bed.on(() -> bed.rooms().managed().put(by.principal(), room, who.account(), role));
  }

  public void remove(TestMember by, TestMember who, RoomId room) {
    bed.on(() -> bed.rooms().managed().remove(by.principal(), room, who.account()));
  }

  public Throwable removeFails(TestMember by, TestMember who, RoomId room) {
    return failure(
        bed.run(() -> bed.rooms().managed().remove(by.principal(), room, who.account())));
  }

  public void ratchet(TestMember by, RoomId room) {
    bed.on(() -> bed.rooms().desk().rotate(by.principal(), room, false));
  }

  public void reset(TestMember by, RoomId room) {
    bed.on(() -> bed.rooms().desk().rotate(by.principal(), room, true));
  }
}
