package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.message.Message;
import dev.zamok.crypto.message.MessageAddress;
import dev.zamok.crypto.message.MessageEnvelope;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Carrier;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.content.ContentCodec;

/** A sealed room of alice, its owner, and bob, a writer; and what an attacker has at hand. */
abstract class Attack {
  final World world = new World();
  final TestUser alice = new TestUser(world, "alice");
  final TestUser bob = new TestUser(world, "bob");
  final Room hers = alice.await(alice.session.createPrivate("plans", History.FULL));
  final WorldRoom inside = world.room(hers.id());

  Attack() {
    alice.await(hers.invite("bob", Role.WRITER));
  }

  static Kind kind(Throwable failure) {
    return ClientProblem.in(failure).kind();
  }

  RoomChain chain() {
    RoomChain chain = inside.chain;
    assertThat(chain).isNotNull();
    return chain;
  }

  /** What somebody with the keys of an epoch can seal. */
  Bytes seal(EpochKey key, Identity author, MemberTag tag, MessageId id, long seq) {
    Message message =
        new Message(
            new DeviceId(99),
            seq,
            world.loop.wallMillis(),
            chain().head(),
            Position.ZERO,
            ContentCodec.encode(Content.text("forged"), Carrier.MESSAGE));
    return MessageEnvelope.seal(
        key, MessageAddress.message(tag, id), message, author, world.random);
  }

  EpochKey key(int n, RoomSecret secret) {
    WorldRoom.Epoch epoch = inside.epochs.get(n);
    return EpochKey.derive(epoch.rekey(), epoch.share(), secret);
  }

  /** The secret as a member gets it. */
  RoomSecret secret(Identity member, int g) {
    for (WorldRoom.Wrapped wrap : inside.wraps) {
      if (wrap.generation() == g && wrap.recipient().equals(member.fingerprint())) {
        var wrapper = world.cards.byFingerprint(wrap.wrapper());
        return Wrap.open(wrap.wrap(), chain(), g, wrapper, member);
      }
    }
    throw new AssertionError("no wrap");
  }

  MemberTag tag(TestUser user) {
    var member = chain().member(user.account.identity.fingerprint());
    return member.tag();
  }

  TestUser withAuthority(WorldSession authority) {
    return new TestUser(world, "bob", ProfileStore.inMemory(), authority);
  }
}
