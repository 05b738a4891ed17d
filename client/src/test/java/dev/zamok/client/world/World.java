package dev.zamok.client.world;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The servers, in memory: what they keep and do with honest clients. */
public final class World {
  public final VirtualLoop loop = new VirtualLoop();
  public final SecureRandom random;

  /** How many milliseconds the next frame or answer takes. Frames keep their order. */
  public LongSupplier lagMillis = () -> 0;

  public final SigningKey controlKey;
  public final Map<String, WorldAccount> accounts = new LinkedHashMap<>();
  public final Map<RoomId, WorldRoom> rooms = new LinkedHashMap<>();
  public final Map<String, Answers.Ticket> tickets = new HashMap<>();
  public final Map<String, WorldAccount> ticketHolders = new HashMap<>();
  public final Map<Fingerprint, WorldAccount> byFingerprint = new HashMap<>();
  public final WorldHub hub = new WorldHub(this);
  private long counter;
  private long ids;

  /** Every card there is. */
  public final Cards cards =
      fingerprint -> {
        WorldAccount account = byFingerprint.get(fingerprint);
        return account == null ? null : account.identity.card();
      };

  public World() {
    this(new SecureRandom());
  }

  /** What this source yields decides who waits how long. */
  public World(SecureRandom random) {
    this.random = random;
    controlKey = SigningKey.generate(random);
  }

  public static ClientProblem refused(int status, String name) {
    Kind kind = status == 403 ? Kind.NOT_ALLOWED : status == 503 ? Kind.UNAVAILABLE : Kind.REFUSED;
    return ClientProblem.refused(kind, name, name, 0);
  }

  public WorldAccount account(String login) {
    return accounts.computeIfAbsent(
        login,
        name -> {
          AccountId id = new AccountId(random.nextLong(), random.nextLong());
          WorldAccount made = new WorldAccount(name, Keyset.generate(random).firstIdentity(id));
          byFingerprint.put(made.identity.fingerprint(), made);
          return made;
        });
  }

  public SessionApi session(WorldAccount account) {
    return new WorldSession(this, account);
  }

  public Position nextPosition() {
    counter++;
    return Position.of(1, counter);
  }

  public MessageId newMessageId() {
    ids++;
    return new MessageId(1, ids);
  }

  public MemberTag newTag() {
    return new MemberTag(random.nextLong() | 1);
  }

  public WorldRoom room(RoomId id) {
    WorldRoom room = rooms.get(id);
    if (room == null) {
      throw refused(404, "not-found");
    }
    return room;
  }

  WorldRoom channel(WorldAccount owner, String name) {
    RoomId id = new RoomId(1L << 56 | (random.nextInt() & 0xffffffffL), random.nextLong());
    WorldRoom room = new WorldRoom(this, id, RoomKind.CHANNEL, History.FULL);
    room.name = name;
    room.people.put(owner, new WorldRoom.Person(owner, newTag(), Role.OWNER));
    room.secrets.put(1, RoomSecret.random(id, 1, random));
    rooms.put(id, room);
    room.rekey(RekeyKind.IMMEDIATE_RESET);
    return room;
  }

  WorldRoom sealed(
      WorldAccount by, RoomKind kind, History history, SessionApi.Extension extension) {
    Statement first = Statement.parse(extension.statements().get(0));
    Card author = by.identity.card();
    RoomChain chain = RoomChain.start(first, author);
    WorldRoom room = new WorldRoom(this, chain.roomId(), kind, history);
    room.chain = chain;
    room.statements.add(first.encoded());
    rooms.put(room.id, room);
    List<dev.zamok.protocol.Bytes> rest =
        extension.statements().subList(1, extension.statements().size());
    room.extend(by, new SessionApi.Extension(rest, extension.wraps(), extension.info()));
    return room;
  }
}
