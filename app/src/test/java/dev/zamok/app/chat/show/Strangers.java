package dev.zamok.app.chat.show;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.room.RoomMessage;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.content.Carrier;
import dev.zamok.protocol.content.ContentCodec;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Messages of people who mean no good. */
final class Strangers {
  static final long TIME = 1_790_000_000_000L;

  private Strangers() {}

  static RoomLabel room(String name) {
    byte[] id = new byte[RoomId.SIZE];
    id[0] = 2;
    return new RoomLabel(RoomId.of(Bytes.wrap(id)), RoomKind.PRIVATE, name);
  }

  static Contact contact(String login) {
    SecureRandom random = new SecureRandom();
    AccountId account = AccountId.of(Bytes.wrap(random(AccountId.SIZE, random)));
    return new Contact(
        login, Card.first(account, SigningKey.generate(random), AgreementKey.generate(random)));
  }

  static RoomMessage message(String login, String json, long claimedMillis) {
    return new RoomMessage(
        Position.of(1, 5),
        MessageId.of(Bytes.wrap(random(MessageId.SIZE, new SecureRandom()))),
        new MemberTag(5),
        TIME,
        claimedMillis,
        contact(login),
        new DeviceId(7),
        1,
        ContentCodec.decode(Bytes.wrap(json.getBytes(StandardCharsets.UTF_8)), Carrier.MESSAGE),
        false);
  }

  private static byte[] random(int size, SecureRandom random) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
