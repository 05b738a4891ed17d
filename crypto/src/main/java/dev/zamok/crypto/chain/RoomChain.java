package dev.zamok.crypto.chain;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The verified membership log of a sealed room, and what it adds up to. It only grows, and only by
 * statements that follow its head, are signed by their author, and are his right at the head. So
 * nobody, the server included, adds a member or swaps a key unnoticed.
 *
 * <p>Not thread-safe: an instance belongs to one thread or event loop. Verifying a statement takes
 * about 0.2 ms.
 */
public final class RoomChain {
  public static final int MEMBERS_MAX = 10_000;
  public static final int STATEMENTS_MAX = 1 << 20;

  /** Of one room, not counting those inside its folders. */
  public static final int FOLDERS_MAX = 1_000;

  /**
   * Statements about items end here: what is left is for members and generations, so that nobody
   * who writes can fill a chain in which he could then not be removed.
   */
  public static final int ITEM_STATEMENTS_MAX = STATEMENTS_MAX - (1 << 16);

  private final RoomId roomId;
  private final ChainState state;
  private final List<Hash> hashes = new ArrayList<>();
  private long timeMillis;

  private RoomChain(Statement first, ChainOp.Create op) {
    roomId = first.roomIdOfFirst();
    state = new ChainState(op);
    apply(first);
  }

  private RoomChain(RoomChain from) {
    roomId = from.roomId;
    state = new ChainState(from.state);
    hashes.addAll(from.hashes);
    timeMillis = from.timeMillis;
  }

  /** One that can go on without this one; nothing is verified again. */
  public RoomChain copy() {
    return new RoomChain(this);
  }

  /**
   * Verifies S_0, which gives the room its id and its first owner. The caller compares {@link
   * #roomId} with the room it asked for.
   *
   * <p>Fails with {@link MalformedException}, {@link ChainException} or {@link CryptoFailure}.
   */
  public static RoomChain start(Bytes first, Card author) {
    return start(Statement.parse(first), author);
  }

  /** As {@link #start(Bytes, Card)}. */
  public static RoomChain start(Statement first, Card author) {
    if (first.index() != 0) {
      throw new ChainException(ChainFault.FORK);
    }
    if (!(first.op() instanceof ChainOp.Create op)) {
      throw new ChainException(ChainFault.BROKEN_RULE);
    }
    ChainRules.checkCreate(op);
    first.verify(author);
    return new RoomChain(first, op);
  }

  /**
   * A chain that was verified before, up to {@code trusted}: every statement is covered by the hash
   * of the next one, and the last one by {@code trusted}, so no signature is checked again. The
   * caller compares {@link #roomId} with the room it wants.
   *
   * <p>Fails with {@link ChainException} or {@link CryptoFailure}.
   */
  public static RoomChain replay(List<Statement> statements, ChainHead trusted) {
    if (statements.isEmpty() || statements.get(0).index() != 0) {
      throw new ChainException(ChainFault.FORK);
    }
    if (!(statements.get(0).op() instanceof ChainOp.Create op)) {
      throw new ChainException(ChainFault.BROKEN_RULE);
    }
    ChainRules.checkCreate(op);
    RoomChain chain = new RoomChain(statements.get(0), op);
    for (Statement statement : statements.subList(1, statements.size())) {
      chain.check(statement);
      chain.apply(statement);
    }
    if (!chain.head().equals(trusted)) {
      throw new ChainException(ChainFault.FORK);
    }
    return chain;
  }

  /**
   * Verifies the statement after the head and takes it in, or leaves everything as it was.
   *
   * <p>Fails with {@link MalformedException}, {@link ChainException} or {@link CryptoFailure}.
   */
  public Statement append(Bytes encoded, Cards cards) {
    return append(Statement.parse(encoded), cards);
  }

  /** As {@link #append(Bytes, Cards)}. */
  public Statement append(Statement statement, Cards cards) {
    check(statement);
    Card author = cards(cards).byFingerprint(statement.author());
    if (author == null) {
      throw new ChainException(ChainFault.UNKNOWN_AUTHOR);
    }
    statement.verify(author);
    apply(statement);
    return statement;
  }

  /** A statement that has its place in a chain, and whose signature nobody looked at yet. */
  public static final class Unverified {
    private final Statement statement;
    private final Card author;

    private Unverified(Statement statement, Card author) {
      this.statement = statement;
      this.author = author;
    }

    /** On any thread. Fails with {@link CryptoFailure} unless its author signed it. */
    public void verify() {
      statement.verify(author);
    }
  }

  /**
   * As {@link #append(Statement, Cards)} for each in turn, but for the signatures: until all that
   * this yields are verified, the chain is nobody's word, and when it fails or one of them does, it
   * must not be used any more. Try it on a {@link #copy}.
   */
  public List<Unverified> appendUnverified(List<Statement> statements, Cards cards) {
    List<Unverified> unverified = new ArrayList<>(statements.size());
    for (Statement statement : statements) {
      check(statement);
      Card author = cards(cards).byFingerprint(statement.author());
      if (author == null) {
        throw new ChainException(ChainFault.UNKNOWN_AUTHOR);
      }
      unverified.add(new Unverified(statement, author));
      apply(statement);
    }
    return unverified;
  }

  /**
   * Signs the next statement, without taking it in: it belongs to the chain once the authority put
   * it there. Fails with {@link ChainException} where {@link #append} would.
   */
  public Statement propose(ChainOp op, long timeMillis, Identity author) {
    ChainHead at = new ChainHead(head().index() + 1, head().hash());
    Statement statement = Statement.sign(roomId, at, op, timeMillis, author);
    check(statement);
    return statement;
  }

  /**
   * Whether the statement at that index is the pinned one. A chain that is shorter does not match.
   */
  public boolean matchesPin(ChainHead pin) {
    return pin.index() < hashes.size() && hashes.get(pin.index()).equals(pin.hash());
  }

  public RoomId roomId() {
    return roomId;
  }

  /** The first statement: kind, history policy and parent. */
  public ChainOp.Create room() {
    return state.room;
  }

  public RoomKind kind() {
    return state.room.kind();
  }

  public History history() {
    return state.room.history();
  }

  public ChainHead head() {
    int last = hashes.size() - 1;
    return new ChainHead(last, hashes.get(last));
  }

  /** The time that the author of the newest statement claims, milliseconds since 1970. */
  public long headTimeMillis() {
    return timeMillis;
  }

  /** Present members, those with {@link Role#NONE} included, oldest first. A view. */
  public Collection<ChainMember> members() {
    return Collections.unmodifiableCollection(state.members.values());
  }

  public @Nullable ChainMember member(Fingerprint fingerprint) {
    return state.members.get(fingerprint);
  }

  /** {@link Role#NONE} for strangers. */
  public Role role(Fingerprint fingerprint) {
    return state.role(fingerprint);
  }

  /** The role after the statement at {@code index}, also of former members. */
  public Role roleAt(Fingerprint fingerprint, int index) {
    return state.roleAt(fingerprint, index);
  }

  /**
   * Whether the role was {@code role} or above at any time from the statement at {@code index} on.
   */
  public boolean hadRoleSince(Fingerprint fingerprint, Role role, int index) {
    return state.hadRoleSince(fingerprint, role, index);
  }

  /** Who has or ever had the tag: nobody else ever gets it. */
  public @Nullable Fingerprint byTag(MemberTag tag) {
    return state.tags.get(tag);
  }

  /** The newest generation; 0 before the first. */
  public int generation() {
    return state.generation();
  }

  /** Null when there is none of that number. */
  public @Nullable ChainGeneration generation(int g) {
    return g < 1 || g > state.generation() ? null : state.generations.get(g - 1);
  }

  /**
   * Whether somebody lost or gained the right to read since the newest generation. Until a member
   * has made a new one, nothing may be sent to the room.
   */
  public boolean owesGeneration() {
    return state.owesGeneration;
  }

  /** Invitations that can still be accepted, oldest first. */
  public List<ChainInvite> invites() {
    List<ChainInvite> open = new ArrayList<>();
    state.invites.forEach(
        (index, invite) -> {
          if (state.stands(invite)) {
            open.add(
                new ChainInvite(
                    index, invite.key(), invite.role(), invite.expiryMillis(), invite.inviter()));
          }
        });
    return open;
  }

  /**
   * What somebody waits to be let in by: his acceptance of an invitation, since which nobody said
   * anything about him. Null for everybody else.
   */
  public @Nullable ChainAcceptance waitsBy(Fingerprint fingerprint) {
    ChainAcceptance came = state.acceptances.get(fingerprint);
    ChainMember member = state.members.get(fingerprint);
    boolean waits =
        came != null
            && member != null
            && member.since() == came.index()
            && came.role() == state.proposals.get(fingerprint);
    return waits ? came : null;
  }

  /** The newest version. */
  public @Nullable ChainItem item(ItemId item) {
    ItemPast past = state.items.get(item);
    return past == null ? null : past.newest;
  }

  /** All versions of an item, oldest first; empty when there is no such item. */
  public List<ChainItem> versions(ItemId item) {
    ItemPast past = state.items.get(item);
    return past == null ? List.of() : past.versions();
  }

  /** All items, removed ones included, oldest first. A view. */
  public Set<ItemId> items() {
    return Collections.unmodifiableSet(state.items.keySet());
  }

  /** Groups that are members now, oldest first. */
  public List<ChainGroup> groups() {
    return state.groups.values().stream()
        .filter(group -> state.members.containsKey(group.card().fingerprint()))
        .toList();
  }

  /** Ids of the groups that are or were members. */
  public Set<RoomId> everyGroup() {
    return state.groups.values().stream().map(ChainGroup::group).collect(Collectors.toSet());
  }

  /** The group that is or was a member under that card; null for people and strangers. */
  public @Nullable ChainGroup group(Fingerprint member) {
    return state.groups.get(member);
  }

  /** In the chain of a group: the card of a generation; null when it is not named. */
  public @Nullable ChainGroup groupCard(int g) {
    return g < 1 || g > state.groupCards.size() ? null : state.groupCards.get(g - 1);
  }

  /** Whether this is the chain of a group that still has to name the card of its newest secret. */
  public boolean owesCard() {
    return state.owesCard();
  }

  /** Where the cards of all members are found: those of groups are in the chain. */
  public Cards cards(Cards people) {
    return fingerprint -> {
      ChainGroup group = state.groups.get(fingerprint);
      return group == null ? people.byFingerprint(fingerprint) : group.card();
    };
  }

  /** Its folders, in the order in which they came. A view. */
  public Collection<ChainFolder> folders() {
    return Collections.unmodifiableCollection(state.folders.values());
  }

  /** Null when it is none of this room's. Whether it agrees is in {@link FolderPlace}. */
  public @Nullable ChainFolder folder(RoomId folder) {
    return state.folders.get(folder);
  }

  /** Of a folder, as it says itself; {@link ChainOp#NO_PARENT} of every other room. */
  public RoomId parent() {
    return state.parent;
  }

  /** The statement of the parent's chain that it was moved by; null where it was made. */
  public @Nullable ChainHead movedBy() {
    return state.movedBy;
  }

  /**
   * What a steward wants a member to be, or an invitation wanted him to be, who reads nothing yet;
   * null for nothing.
   */
  public @Nullable Role proposal(Fingerprint fingerprint) {
    return state.proposals.get(fingerprint);
  }

  private void check(Statement statement) {
    ChainHead head = head();
    boolean follows =
        statement.room().equals(roomId)
            && statement.index() == head.index() + 1
            && statement.previous().equals(head.hash());
    if (!follows) {
      throw new ChainException(ChainFault.FORK);
    }
    if (hashes.size() >= STATEMENTS_MAX) {
      throw new ChainException(ChainFault.BROKEN_RULE);
    }
    new ChainRules(roomId, state, statement).check();
  }

  private void apply(Statement statement) {
    statement.op().accept(new ChainEffects(state, statement));
    hashes.add(statement.hash());
    timeMillis = statement.timeMillis();
  }

  @Override
  public String toString() {
    return "RoomChain[" + roomId + ", " + head().index() + "]";
  }
}
