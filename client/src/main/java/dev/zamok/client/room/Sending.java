package dev.zamok.client.room;

import dev.zamok.client.key.RoomKeys;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.message.EnvelopeKind;
import dev.zamok.crypto.message.Message;
import dev.zamok.crypto.message.MessageAddress;
import dev.zamok.crypto.message.MessageEnvelope;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import java.time.Duration;
import java.util.function.Supplier;

/** Seals and sends what this account says in one room. Belongs to the client's loop. */
final class Sending implements Outbox.Sender {
  /** How long a rekey that overtook nothing may still be under way, before it is asked for. */
  static final Duration REKEY_PATIENCE = Duration.ofMillis(700);

  private final Surroundings around;
  private final RoomParts parts;
  private final HubSide hub;
  private final Supplier<MemberTag> tag;
  private final Supplier<Position> seen;
  private final Runnable rekeyed;
  private boolean asking;

  Sending(
      Surroundings around,
      RoomParts parts,
      HubSide hub,
      Supplier<MemberTag> tag,
      Supplier<Position> seen,
      Runnable rekeyed) {
    this.around = around;
    this.parts = parts;
    this.hub = hub;
    this.tag = tag;
    this.seen = seen;
    this.rekeyed = rekeyed;
  }

  @Override
  public MessageId newId() {
    MessageId id = MessageId.NONE;
    while (id.equals(MessageId.NONE)) {
      id = new MessageId(around.random().nextLong(), around.random().nextLong());
    }
    return id;
  }

  @Override
  public boolean isReady() {
    return hub.isOpen() && parts.gate.isOpen();
  }

  @Override
  public long slot() {
    return hub.publishSlot();
  }

  @Override
  public int epoch() {
    return parts.keys.epoch();
  }

  @Override
  public void send(Pending message) {
    RoomKeys.Live live = current();
    if (message.seq == 0) {
      message.seq = parts.pins.nextSeq(EnvelopeKind.MESSAGE);
      message.timeMillis = around.loop().wallMillis();
    }
    message.epoch = live.key().n();
    Message said = said(message.seq, message.timeMillis, message.content);
    MessageAddress address = MessageAddress.message(tag.get(), message.id);
    Bytes envelope = MessageEnvelope.seal(live.key(), address, said, author(), around.random());
    hub.send(new ClientFrame.Publish(parts.room, message.id, message.epoch, envelope));
  }

  /** Fails with {@code UNAVAILABLE} when it cannot be sent now: signals do not wait. */
  void signal(Bytes content) {
    if (!isReady()) {
      throw ClientProblem.unavailable("the room is not connected", false);
    }
    RoomKeys.Live live = current();
    long now = around.loop().wallMillis();
    Message said = said(parts.pins.nextSeq(EnvelopeKind.SIGNAL), now, content);
    Bytes envelope =
        MessageEnvelope.seal(
            live.key(), MessageAddress.signal(tag.get()), said, author(), around.random());
    if (envelope.size() > ClientFrames.SIGNAL_BYTES_MAX) {
      throw ClientProblem.refused(Kind.REFUSED, "too-large", "the signal is too large", 0);
    }
    hub.send(new ClientFrame.Signal(parts.room, envelope));
  }

  @Override
  public void stale(int epoch) {
    if (asking) {
      return;
    }
    asking = true;
    Loop loop = around.loop();
    long jitter = around.random().nextLong(REKEY_PATIENCE.toMillis());
    loop.after(REKEY_PATIENCE.plusMillis(jitter), () -> ask(epoch));
  }

  private void ask(int epoch) {
    if (parts.keys.epoch() > epoch) {
      asking = false;
      return;
    }
    Futures.fire(
        parts
            .keys
            .catchUpBeyond(epoch)
            .whenComplete(
                (done, failure) -> {
                  asking = false;
                  if (failure == null) {
                    rekeyed.run();
                  }
                }));
  }

  @Override
  public void notJoined() {
    hub.rejoin(parts.room, Duration.ZERO);
  }

  @Override
  public boolean isOwn(Entry entry) {
    return entry.tag().equals(tag.get());
  }

  /** The keys by which the room knows the tag that this is sent under. */
  private Identity author() {
    return around.own().in(parts.chain(), tag.get());
  }

  private RoomKeys.Live current() {
    RoomKeys.Live live = parts.keys.current();
    if (live == null) {
      throw new IllegalStateException("sending without a key");
    }
    return live;
  }

  private Message said(long seq, long timeMillis, Bytes content) {
    return new Message(
        around.profile().device(), seq, timeMillis, parts.roster.head(), seen.get(), content);
  }
}
