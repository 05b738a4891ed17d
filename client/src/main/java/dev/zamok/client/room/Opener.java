package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.key.RoomKeys;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomWarning.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.message.Message;
import dev.zamok.crypto.message.MessageAddress;
import dev.zamok.crypto.message.MessageEnvelope;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Carrier;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.content.ContentCodec;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts what members sent and verifies who it was: the author is whoever has the tag, his
 * signature must hold, and he must have been allowed to write. Repetitions are not noticed here.
 */
final class Opener {
  private final Roster roster;
  private final OwnKeys self;

  Opener(Roster roster, OwnKeys self) {
    this.roster = roster;
    this.self = self;
  }

  /** Either a message or a warning why there is none. */
  record Opened(@Nullable RoomMessage message, @Nullable RoomWarning warning) {
    static Opened refused(Kind kind, Position position, String text) {
      return new Opened(null, new RoomWarning(kind, position, text));
    }
  }

  /** Fails only when a server cannot be asked now. */
  CompletableFuture<Opened> message(Entry entry, RoomKeys.@Nullable Live key) {
    Position at = entry.position();
    if (key == null) {
      return CompletableFuture.completedFuture(
          Opened.refused(Kind.UNREADABLE, at, "no key for epoch " + entry.epoch()));
    }
    MessageAddress address;
    try {
      address = MessageAddress.message(entry.tag(), entry.id());
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(
          Opened.refused(Kind.REFUSED, at, "a message without an id"));
    }
    return verified(address, key, entry.body())
        .thenApply(
            said -> {
              if (said == null) {
                return Opened.refused(Kind.REFUSED, at, "a message that is not a member's");
              }
              try {
                return new Opened(message(entry, said), null);
              } catch (MalformedException e) {
                return Opened.refused(Kind.UNREADABLE, at, "a message in no known form");
              }
            })
        .exceptionally(failure -> judged(failure, at));
  }

  /** A signal, with what tells whether it was heard before. */
  record OpenedSignal(RoomSignal signal, DeviceId device, long seq) {}

  /** Null when it is nobody's who may send. */
  CompletableFuture<@Nullable OpenedSignal> signal(
      MemberTag tag, RoomKeys.Live key, Bytes envelope) {
    return verified(MessageAddress.signal(tag), key, envelope)
        .thenApply(
            said -> {
              try {
                return said == null ? null : signal(said);
              } catch (MalformedException e) {
                return null;
              }
            });
  }

  private static OpenedSignal signal(Said said) {
    Message message = said.message();
    Content content = ContentCodec.decode(message.content(), Carrier.SIGNAL);
    RoomSignal signal = new RoomSignal(said.author(), message.timeMillis(), content);
    return new OpenedSignal(signal, message.device(), message.seq());
  }

  private record Said(Contact author, Message message) {}

  private CompletableFuture<@Nullable Said> verified(
      MessageAddress address, RoomKeys.Live key, Bytes envelope) {
    return roster
        .author(address.tag())
        .thenCompose(
            author -> {
              if (author == null) {
                return CompletableFuture.completedFuture(null);
              }
              Message message;
              try {
                message = MessageEnvelope.open(key.key(), address, author.card(), envelope);
              } catch (CryptoFailure e) {
                return CompletableFuture.completedFuture(null);
              }
              return roster
                  .mayWrite(author, message.chain(), key)
                  .thenApply(may -> may ? new Said(author, message) : null);
            });
  }

  private RoomMessage message(Entry entry, Said said) {
    Message message = said.message();
    return new RoomMessage(
        entry.position(),
        entry.id(),
        entry.tag(),
        entry.timeMillis(),
        message.timeMillis(),
        said.author(),
        message.device(),
        message.seq(),
        ContentCodec.decode(message.content(), Carrier.MESSAGE),
        self.has(said.author().fingerprint()));
  }

  private static Opened judged(Throwable failure, Position at) {
    ClientProblem problem = ClientProblem.in(failure);
    if (problem.isLoud()) {
      return Opened.refused(Kind.TAMPERED, at, String.valueOf(problem.getMessage()));
    }
    throw problem;
  }
}
