package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.crypto.epoch.HubShare;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.message.EnvelopeKind;
import dev.zamok.crypto.message.Message;
import dev.zamok.crypto.message.MessageAddress;
import dev.zamok.crypto.message.MessageEnvelope;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;

class MessageVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "message";
  }

  @Override
  String description() {
    return "K_n comes of share, secret and hubShare (see epoch); author signs and seals;"
        + " plaintext = body ‖ sig, sealed with suite 01 under K_n";
  }

  @Override
  void define(VectorSet set) {
    Fields inputs =
        new Fields()
            .put("room", Fixtures.SEALED.toBytes())
            .put("n", 3)
            .put("g", 2)
            .put("share", People.random("share", 32))
            .put("secret", People.random("secret", 32))
            .put("hubShare", People.random("hub share 1", 32))
            .put("author", People.inputs("alice", 1))
            .put("kind", 1)
            .put("tag", People.random("tag", 8))
            .put("messageId", People.random("message id", 16))
            .put("device", People.random("device", 8))
            .putU64("seq", 5)
            .putU64("time", 1_800_000_000_000L)
            .put("chainIndex", 12)
            .put("chainHash", People.random("head", 32))
            .putU64("seen", -2)
            .put("content", Bytes.fromHex("68656c6c6f"))
            .put("random", People.random("message nonce", 12));
    Fields made = set.ok("message", inputs);
    Fields signal = new Fields().put("kind", 2).put("messageId", Bytes.wrap(new byte[16]));
    set.ok("signal", inputs.with(signal));
    set.ok("content that fills a block", inputs.with(content(People.random("content", 56))));
    set.ok("content of one byte more", inputs.with(content(People.random("content", 57))));
    set.ok(
        "managed room, no content",
        inputs.with(
            content(Bytes.EMPTY)
                .put("room", Fixtures.MANAGED.toBytes())
                .put("chainIndex", 0)
                .put("chainHash", Hash.ZERO)));
    set.fails("envelope changed", "crypto", made, flipped(made, "envelope"));
    for (String field : new String[] {"room", "tag", "messageId", "share", "secret", "hubShare"}) {
      set.fails("another " + field, "crypto", made, flipped(made, field));
    }
    set.fails("another n", "crypto", made, new Fields().put("n", 4));
    set.fails("another g", "crypto", made, new Fields().put("g", 3));
    set.fails("another kind", "crypto", made, signal);
    set.fails("another author", "crypto", made, card(People.bob().card()));
    Fields byBob = inputs.with(new Fields().put("author", People.inputs("bob", 2)));
    Bytes forged = compute(byBob).bytes("envelope");
    set.fails("forged by a member", "crypto", made, new Fields().put("envelope", forged));
    Bytes cut = made.bytes("envelope").slice(0, 100);
    set.fails("cut", "crypto", made, new Fields().put("envelope", cut));
  }

  @Override
  Fields compute(Fields in) {
    Identity author = People.identity(in.object("author"));
    Message message =
        new Message(
            DeviceId.of(in.bytes("device")),
            in.u64("seq"),
            in.u64("time"),
            new ChainHead(in.number("chainIndex"), in.hash("chainHash")),
            new Position(in.u64("seen")),
            in.bytes("content"));
    FixedRandom random = in.random();
    EpochKey key = key(in);
    Bytes envelope = MessageEnvelope.seal(key, address(in), message, author, random);
    random.end();
    Bytes context =
        Context.of("message")
            .room(in.room("room"))
            .u32(in.number("n"))
            .u32(in.number("g"))
            .u8(in.number("kind"))
            .bytes(in.bytes("tag"))
            .bytes(in.bytes("messageId"))
            .toBytes();
    Bytes plaintext = Bytes.wrap(key.seal().open(context, envelope));
    return card(author.card())
        .put("fingerprint", author.fingerprint().bytes())
        .put("aad", Seal01.aad(context))
        .put("body", plaintext.slice(0, plaintext.size() - 64))
        .put("signature", plaintext.slice(plaintext.size() - 64, plaintext.size()))
        .put("envelope", envelope);
  }

  @Override
  void open(Fields given) {
    Card author = Card.parse(given.bytes("card"));
    Message opened =
        MessageEnvelope.open(key(given), address(given), author, given.bytes("envelope"));
    assertThat(opened.content()).isEqualTo(given.bytes("content"));
    assertThat(opened.seq()).isEqualTo(given.u64("seq"));
    assertThat(opened.seen().packed()).isEqualTo(given.u64("seen"));
  }

  private static EpochKey key(Fields in) {
    return EpochKey.derive(
        new AuthorityShare(in.room("room"), in.number("n"), in.secret("share")),
        new RoomSecret(in.room("room"), in.number("g"), in.secret("secret")),
        new HubShare(in.bytes("hubShare")));
  }

  private static MessageAddress address(Fields in) {
    EnvelopeKind kind = in.number("kind") == 1 ? EnvelopeKind.MESSAGE : EnvelopeKind.SIGNAL;
    MessageId id = MessageId.of(in.bytes("messageId"));
    return new MessageAddress(kind, MemberTag.of(in.bytes("tag")), id);
  }

  private static Fields content(Bytes content) {
    return new Fields().put("content", content);
  }

  private static Fields card(Card card) {
    return new Fields().put("card", card.encoded());
  }
}
