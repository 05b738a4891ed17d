package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.room.Settlement.Wish;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Channels: their secret is made here, their members are rows. */
final class ManagedRooms {
  /** One of 256 leases is found within these, all but surely. */
  private static final int IDS_TRIED_MAX = 10_000;

  private final RoomKeeper keeper;
  private final Progress progress;
  private final RoomRows rows;
  private final Roll roll;
  private final Secrets secrets;
  private final SecureRandom random;

  /** Whom to ask about accounts and their rooms. */
  record Roll(
      People people,
      MembershipIndex index,
      OpenChannels open,
      RoomConfig config,
      RoomAudit audit) {}

  ManagedRooms(
      RoomKeeper keeper,
      Progress progress,
      RoomRows rows,
      Roll roll,
      Secrets secrets,
      SecureRandom random) {
    this.keeper = keeper;
    this.progress = progress;
    this.rows = rows;
    this.roll = roll;
    this.secrets = secrets;
    this.random = random;
  }

  /** A new channel whose only member and owner is {@code owner}. */
  Future<Room> create(Principal owner, History history, RoomLabel label) {
    RoomId id = newId();
    return person(owner.account())
        .compose(
            person ->
                keeper.inTurnIfAny(
                    id,
                    none ->
                        roll.audit()
                            .created(owner, id)
                            .compose(v -> progress.begin(id))
                            .compose(v -> secrets.make(id, 1))
                            .compose(secret -> create(id, person, history, label, secret))));
  }

  private Future<Room> create(
      RoomId id, Person owner, History history, RoomLabel label, RoomSecret secret) {
    Standing standing = new Standing(1, secret.commit(), false, 1, 0, Hash.ZERO);
    RoomHeader header = new RoomHeader(RoomKind.CHANNEL, history, label, standing, RoomEpoch.NONE);
    Room room = new Room(id, header, 0);
    Member member =
        Member.arriving(newTag(room), owner.account(), owner.card().fingerprint(), Role.OWNER, 1);
    return rows.save(room, header, List.of(member))
        .compose(v -> label.open() ? roll.open().add(id) : Future.succeededFuture())
        .onSuccess(v -> keeper.made(room))
        .compose(v -> progress.complete(room, Wish.NOTHING))
        .map(room);
  }

  /** Anyone here may, where the channel is open. Who is a member already stays as he is. */
  Future<Room> join(Principal who, RoomId id) {
    return person(who.account())
        .compose(
            person ->
                progress.change(
                    id,
                    room -> {
                      RoomRights.requireOpen(room);
                      if (isMember(room, person)) {
                        return Future.succeededFuture(room);
                      }
                      return roll.audit()
                          .joined(who, id)
                          .compose(v -> admit(room, person, Role.WRITER));
                    }));
  }

  Future<Room> put(Principal actor, RoomId id, AccountId target, Role role) {
    return progress.change(
        id,
        room -> {
          Member by = RoomRights.require(room, actor.account(), Role.READER);
          RoomRights.requireManaged(room);
          Member present = room.present(target).orElse(null);
          RoomRights.requireMayGive(room, by, present, role);
          return roll.audit()
              .put(actor, id, target, role)
              .compose(v -> person(target))
              .compose(
                  person -> {
                    if (present == null || !isMember(room, person)) {
                      return admit(room, person, role);
                    }
                    return present.role() == role
                        ? Future.succeededFuture(room)
                        : change(room, present, role);
                  });
        });
  }

  Future<Room> remove(Principal actor, RoomId id, AccountId target) {
    return progress.change(
        id,
        room -> {
          Member by = RoomRights.require(room, actor.account(), Role.READER);
          RoomRights.requireManaged(room);
          Member out = room.present(target).orElseThrow(Problem.NOT_FOUND::refusal);
          RoomRights.requireMayRemove(room, by, out);
          return roll.audit().removed(actor, id, target).compose(v -> remove(room, out));
        });
  }

  /** The same member again, should the account have another card now. */
  Future<Room> followCard(RoomId id, AccountId account) {
    return person(account)
        .compose(
            person ->
                progress.change(
                    id,
                    room -> {
                      Member present = room.present(account).orElse(null);
                      return present == null || isMember(room, person)
                          ? Future.succeededFuture(room)
                          : admit(room, person, present.role());
                    }));
  }

  private Future<Room> remove(Room room, Member out) {
    int version = room.header().standing().memberVersion() + 1;
    return change(
            room,
            progress::beginEviction,
            () ->
                roll.index()
                    .remove(out.account(), room.id())
                    .compose(
                        v -> secrets.make(room.id(), room.header().standing().generation() + 1))
                    .compose(
                        secret ->
                            rows.save(
                                room,
                                counted(room, version, secret),
                                List.of(out.leaving(version)))))
        .onSuccess(done -> forget(room));
  }

  /** Where nothing is kept, the secret of what is over goes too. */
  private void forget(Room room) {
    if (room.header().history() == History.NONE) {
      secrets.forget(room.id(), room.header().standing().generation() - 1);
    }
  }

  /** With the card the account has now; a member whose card changed comes back under a new tag. */
  private Future<Room> admit(Room room, Person person, Role role) {
    if (room.presentCount() >= roll.config().membersMax()) {
      throw Refusal.because(
          Problem.ROOM_STATE, "at most " + roll.config().membersMax() + " members");
    }
    int version = room.header().standing().memberVersion() + 1;
    Fingerprint fingerprint = person.card().fingerprint();
    Member former = room.last(person.account()).orElse(null);
    if (former != null && former.present()) {
      return remove(room, former).compose(v -> admit(room, person, role));
    }
    Member member =
        former != null && former.fingerprint().equals(fingerprint)
            ? former.returning(role, version)
            : Member.arriving(newTag(room), person.account(), fingerprint, role, version);
    return change(
        room,
        r -> progress.begin(r.id()),
        () -> rows.save(room, counted(room, version), List.of(member)));
  }

  private Future<Room> change(Room room, Member member, Role role) {
    int version = room.header().standing().memberVersion() + 1;
    Member changed = member.changed(role, version);
    return change(
        room,
        r -> changed.evictBelow() > 0 ? progress.beginEviction(r) : progress.begin(r.id()),
        () -> rows.save(room, counted(room, version), List.of(changed)));
  }

  private Future<Room> change(
      Room room, Function<Room, Future<Void>> begin, Supplier<Future<Void>> store) {
    return begin
        .apply(room)
        .compose(v -> progress.decide(room.id(), store))
        .compose(v -> progress.complete(room, Wish.NOTHING))
        .map(room);
  }

  private static boolean isMember(Room room, Person person) {
    return room.present(person.account())
        .filter(member -> member.fingerprint().equals(person.card().fingerprint()))
        .isPresent();
  }

  private static RoomHeader counted(Room room, int version) {
    Standing now = room.header().standing();
    return room.header()
        .with(
            new Standing(
                now.generation(), now.commit(), false, version, now.chainLength(), Hash.ZERO));
  }

  private static RoomHeader counted(Room room, int version, RoomSecret secret) {
    return room.header()
        .with(new Standing(secret.g(), secret.commit(), false, version, 0, Hash.ZERO));
  }

  private Future<Person> person(AccountId account) {
    return roll.people()
        .byAccounts(Set.of(account))
        .map(
            found -> {
              Person person = found.get(account);
              if (person == null) {
                throw Problem.NOT_FOUND.refusal();
              }
              return person;
            });
  }

  /** In a partition that is ours. */
  private RoomId newId() {
    for (int i = 0; i < IDS_TRIED_MAX; i++) {
      RoomId id = randomId();
      if (keeper.serves(id)) {
        return id;
      }
    }
    throw new Unavailable("this authority holds no lease", false);
  }

  private RoomId randomId() {
    byte[] rest = new byte[RoomId.SIZE - 1];
    random.nextBytes(rest);
    Bytes id = new ByteWriter(RoomId.SIZE).u8(Trust.MANAGED.code()).bytes(rest).toBytes();
    return RoomId.of(id);
  }

  private MemberTag newTag(Room room) {
    MemberTag tag = new MemberTag(random.nextLong());
    return tag.equals(MemberTag.NONE) || room.member(tag).isPresent() ? newTag(room) : tag;
  }
}
