package dev.zamok.client.world;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.HubShare;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.crypto.epoch.RekeyTerms;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A room as the servers keep it. Open to whatever a test does to it. */
public final class WorldRoom {
  public record Epoch(Rekey rekey, AuthorityShare share) {}

  public record Wrapped(int generation, Fingerprint recipient, Fingerprint wrapper, Bytes wrap) {}

  public record Person(WorldAccount account, MemberTag tag, Role role) {}

  public final World world;
  public final RoomId id;
  public final RoomKind kind;
  public final History history;
  public final List<Bytes> statements = new ArrayList<>();
  public final List<Wrapped> wraps = new ArrayList<>();
  public final TreeMap<Integer, Epoch> epochs = new TreeMap<>();
  public final TreeMap<Integer, RoomSecret> secrets = new TreeMap<>();
  public final List<Entry> log = new ArrayList<>();

  /** Managed rooms: present and former members. */
  public final Map<WorldAccount, Person> people = new LinkedHashMap<>();

  public @Nullable RoomChain chain;
  public @Nullable String name;
  public @Nullable Bytes info;
  public boolean owed;
  public int minEpoch;

  /** The log holds nothing before: those who resume earlier are told to ask history. */
  public Position floor = Position.ZERO;

  WorldRoom(World world, RoomId id, RoomKind kind, History history) {
    this.world = world;
    this.id = id;
    this.kind = kind;
    this.history = history;
  }

  public @Nullable Person person(WorldAccount account) {
    RoomChain sealed = chain;
    if (sealed == null) {
      return people.get(account);
    }
    ChainMember member = sealed.member(account.identity.fingerprint());
    return member == null || member.role() == Role.NONE
        ? null
        : new Person(account, member.tag(), member.role());
  }

  public Position head() {
    return log.isEmpty() ? Position.ZERO : log.get(log.size() - 1).position();
  }

  public int epoch() {
    return epochs.isEmpty() ? 0 : epochs.lastKey();
  }

  public int generation() {
    return chain == null ? secrets.lastKey() : chain.generation();
  }

  public Answers.Room view(WorldAccount who) {
    Person person = person(who);
    if (person == null) {
      throw World.refused(403, "not-a-member");
    }
    return new Answers.Room(
        id,
        kind,
        history,
        person.role(),
        person.tag(),
        epoch(),
        generation(),
        owed,
        statements.size(),
        name,
        false,
        info);
  }

  /** Appends and delivers. */
  public Entry append(EntryKind what, MemberTag tag, int epoch, MessageId message, Bytes body) {
    Entry entry =
        new Entry(
            id,
            world.nextPosition(),
            head(),
            world.loop.wallMillis(),
            what,
            tag,
            epoch,
            message,
            body);
    log.add(entry);
    world.hub.deliver(entry);
    return entry;
  }

  public Entry hint(EntryKind what) {
    return append(what, MemberTag.NONE, epoch(), world.newMessageId(), Bytes.EMPTY);
  }

  public Epoch rekey(RekeyKind how) {
    return rekey(how, generation());
  }

  public Epoch rekey(RekeyKind how, int generation) {
    Epoch next = sign(how, generation, world.controlKey);
    epochs.put(next.rekey().n(), next);
    minEpoch = how == RekeyKind.TIMED_RESET ? epoch() - 1 : epoch();
    append(EntryKind.REKEY, MemberTag.NONE, epoch(), world.newMessageId(), next.rekey().encoded());
    return next;
  }

  /** The next epoch, not in force yet. */
  public Epoch sign(
      RekeyKind how, int generation, dev.zamok.crypto.identity.SigningKey controlKey) {
    int n = epoch() + 1;
    HubShare hub = HubShare.random(world.random);
    Epoch last = epochs.get(n - 1);
    AuthorityShare share =
        how.isReset() || last == null
            ? AuthorityShare.random(id, n, world.random)
            : last.share().ratchet(hub);
    Hash commit = chain == null ? secret(generation).commit() : commitOf(generation);
    Hash head = chain == null ? Hash.ZERO : chain.head().hash();
    Hash previous = last == null ? Hash.ZERO : last.rekey().hash();
    RekeyTerms terms =
        new RekeyTerms(id, n, generation, how, hub, share.check(), commit, head, previous);
    return new Epoch(Rekey.sign(terms, controlKey), share);
  }

  private RoomSecret secret(int g) {
    RoomSecret secret = secrets.get(g);
    if (secret == null) {
      throw new IllegalStateException("no secret " + g);
    }
    return secret;
  }

  private Hash commitOf(int g) {
    RoomChain sealed = chain;
    var made = sealed == null ? null : sealed.generation(g);
    if (made == null) {
      throw new IllegalStateException("no generation " + g);
    }
    return made.commit();
  }

  /** What the authority does with an extension of the chain. */
  public void extend(WorldAccount by, SessionApi.Extension extension) {
    RoomChain sealed = chain;
    if (sealed == null) {
      throw World.refused(409, "not-sealed");
    }
    int generation = sealed.generation();
    List<Fingerprint> before = sealed.members().stream().map(ChainMember::fingerprint).toList();
    if (!extension.statements().isEmpty() && statements.containsAll(extension.statements())) {
      // The same request again.
      return;
    }
    for (Bytes statement : extension.statements()) {
      var parsed = dev.zamok.crypto.chain.Statement.parse(statement);
      if (parsed.index() != sealed.head().index() + 1
          || !parsed.previous().equals(sealed.head().hash())) {
        throw World.refused(409, "chain-conflict");
      }
      sealed.append(statement, world.cards);
      statements.add(statement);
    }
    for (SessionApi.NewWrap wrap : extension.wraps()) {
      wraps.add(
          new Wrapped(wrap.generation(), wrap.recipient(), by.identity.fingerprint(), wrap.wrap()));
    }
    if (extension.info() != null) {
      info = extension.info();
    }
    owed = sealed.owesGeneration();
    for (Fingerprint gone : before) {
      if (sealed.member(gone) == null) {
        world.hub.evict(this, gone);
      }
    }
    if (sealed.generation() != generation) {
      rekey(RekeyKind.IMMEDIATE_RESET);
    } else if (!owed) {
      rekey(RekeyKind.RATCHET);
    }
    hint(EntryKind.MEMBER);
  }
}
