package dev.zamok.authority.room;

import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.epoch.Epoch;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Sealed rooms of an owner, a writer and a reader. */
abstract class SealedRoomsBed {
  @TempDir Path directory;
  RoomBed bed;
  TestMember owner;
  TestMember friend;
  TestMember third;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    owner = bed.town().join("owner");
    friend = bed.town().join("friend");
    third = bed.town().join("third");
  }

  @AfterEach
  void close() {
    bed.close();
  }

  ChainMaker room(History history) {
    ChainMaker maker =
        ChainMaker.begin(owner, history)
            .add(owner, friend, Role.WRITER)
            .add(owner, third, Role.READER);
    if (maker.chain().owesGeneration()) {
      maker.generation(owner);
    }
    create(maker, RoomKind.PRIVATE, history);
    return maker;
  }

  Room create(ChainMaker maker, RoomKind kind, History history) {
    Extension extension = maker.extension(owner);
    return bed.on(() -> bed.rooms().sealed().create(owner.principal(), kind, history, extension));
  }

  Future<Room> extend(TestMember by, RoomId room, Extension extension) {
    return bed.run(() -> bed.rooms().sealed().extend(by.principal(), room, extension));
  }

  Room extended(TestMember by, ChainMaker maker) {
    Extension extension = maker.extension(by);
    return bed.on(() -> bed.rooms().sealed().extend(by.principal(), maker.room(), extension));
  }

  Optional<Membership> membership(TestMember who, RoomId room) {
    return bed.on(() -> bed.rooms().membership(who.account(), room));
  }

  Epoch newest(RoomId room) {
    return bed.on(() -> bed.rooms().epochs().newest(room)).orElseThrow();
  }

  RoomState state(RoomId room) {
    return bed.on(() -> bed.log().state(room));
  }

  static void refuses(Future<?> future, Problem problem) {
    assertThat(failure(future))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(problem));
  }
}
