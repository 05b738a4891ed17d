package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.authority.SessionApi.ItemWrites;
import dev.zamok.client.cache.RoomCache;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.key.SecretKeeper;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.crypto.chain.ChainFault;
import dev.zamok.crypto.chain.ChainItem;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.item.ItemAddress;
import dev.zamok.crypto.item.ItemRecord;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the items of one sealed room; {@link ItemReader} reads them. Each write is a statement of
 * the chain. Belongs to the client's loop.
 */
public final class SealedItems {
  static final int ATTEMPTS_MAX = 8;

  private final SessionApi authority;
  private final ChainKeeper chains;
  private final SecretKeeper secrets;
  private final Writing writing;
  private final RoomGroups groups;
  private final ItemReader reader;
  private final @Nullable RoomCache cache;

  SealedItems(
      SessionApi authority,
      ChainKeeper chains,
      SecretKeeper secrets,
      Reading reading,
      Writing writing,
      RoomGroups groups) {
    this.authority = authority;
    this.chains = chains;
    this.secrets = secrets;
    this.writing = writing;
    this.groups = groups;
    this.cache = reading.cache();
    this.reader = reading.reader();
  }

  /**
   * What it takes to read.
   *
   * @param cache of what is kept of the room between runs; null when nothing is
   */
  record Reading(ItemReader reader, @Nullable RoomCache cache) {}

  /**
   * What it takes to write.
   *
   * @param signer as whom this account acts here
   */
  record Writing(
      Supplier<Draft.Signer> signer, ChainChanges changes, SealedMembership membership) {}

  /**
   * What is to become of an item.
   *
   * @param replaces the version that its author has seen, 0 for a new item
   * @param body of the next version; null removes the item for good
   */
  public record Write(ItemId item, int replaces, int kind, @Nullable Bytes body) {
    @Override
    public String toString() {
      return "Write[" + item + ", " + replaces + "]";
    }
  }

  public RoomId room() {
    return chains.room();
  }

  /** What is kept of the room between runs; null when nothing is. */
  public @Nullable RoomCache cache() {
    return cache;
  }

  public ItemReader reader() {
    return reader;
  }

  /** The chain as it is now. */
  public CompletableFuture<RoomChain> sync() {
    return groups.sync();
  }

  /** The statements that it is made of. */
  public CompletableFuture<List<Statement>> statements() {
    return chains.statements();
  }

  /** A page of them from that index on, as far as the chain was followed; empty at its end. */
  public CompletableFuture<List<Statement>> statements(int from) {
    return chains.statements(from);
  }

  /** Who that is, for authors of items; null for nobody this client met. */
  public @Nullable Contact contact(Fingerprint fingerprint) {
    return groups.contact(fingerprint);
  }

  /** Whether somebody reads or ever read here, himself or through a group. */
  public boolean everRead(Fingerprint who) {
    return groups.everRead(who);
  }

  public ItemId newId() {
    return ItemId.random(writing.signer().get().random());
  }

  /**
   * All or nothing; completes when the authority has it. Fails with {@code REFUSED} ({@code
   * version-conflict}) when somebody was first with one of the items, and with {@code NOT_ALLOWED}.
   */
  public CompletableFuture<Void> write(List<Write> writes) {
    if (writes.isEmpty() || writes.size() > SessionApi.ITEMS_PER_WRITE_MAX) {
      throw new IllegalArgumentException("a write of " + writes.size() + " items");
    }
    return groups
        .sync()
        .thenCompose(
            chain ->
                chain.owesGeneration() || groups.isStale()
                    ? writing.membership().makeOwed(false).thenCompose(made -> groups.sync())
                    : CompletableFuture.completedFuture(chain))
        .thenCompose(ready -> writing.changes().inTurn(() -> attempt(writes, 1)));
  }

  private CompletableFuture<Void> attempt(List<Write> writes, int attempt) {
    return chains
        .atLeast(1)
        .thenCompose(chain -> secrets.secret(chain.generation()))
        .thenCompose(secret -> send(draft(writes, secret), 1))
        .thenCompose(taken -> taken())
        .exceptionallyCompose(
            failure ->
                ClientProblem.isRefusal(failure, "chain-conflict") && attempt < ATTEMPTS_MAX
                    ? groups.sync().thenCompose(chain -> attempt(writes, attempt + 1))
                    : CompletableFuture.failedFuture(ClientProblem.unwrap(failure)));
  }

  /** It is written: that the chain cannot be read now must not be told as if it were not. */
  private CompletableFuture<Void> taken() {
    return chains
        .sync()
        .<Void>thenApply(chain -> null)
        .exceptionally(
            failure -> {
              if (ClientProblem.in(failure).isLoud()) {
                throw ClientProblem.in(failure);
              }
              return null;
            });
  }

  /** The authority takes one and the same request once, however often it is sent. */
  private CompletableFuture<Void> send(ItemWrites writes, int attempt) {
    return authority
        .putItems(chains.room(), writes)
        .exceptionallyCompose(
            failure ->
                ClientProblem.in(failure).outcomeUnknown() && attempt < ATTEMPTS_MAX
                    ? send(writes, attempt + 1)
                    : CompletableFuture.failedFuture(ClientProblem.unwrap(failure)));
  }

  private ItemWrites draft(List<Write> writes, RoomSecret secret) {
    boolean single = writes.size() == 1;
    Draft.Signer author = writing.signer().get();
    RoomChain current = chains.chain();
    if (current == null || current.generation() != secret.g()) {
      throw ClientProblem.of(Kind.GENERATION_OWED, "the room has another secret now");
    }
    groups.requireCurrent(current);
    RoomChain chain = single ? current : chains.copy();
    List<Bytes> statements = new ArrayList<>(writes.size());
    List<Answers.ItemVersion> records = new ArrayList<>(writes.size());
    for (Write write : writes) {
      requireNewest(chain, write);
      Hash hash = Hash.ZERO;
      Bytes body = write.body();
      if (body != null) {
        int version = write.replaces() + 1;
        ItemAddress address =
            new ItemAddress(
                chain.roomId(),
                write.item(),
                version,
                secret.g(),
                write.kind(),
                author.self().fingerprint());
        Bytes record = ItemRecord.seal(secret, address, body.toByteArray(), author.random());
        hash = ItemRecord.hash(address, record);
        records.add(
            new Answers.ItemVersion(write.item(), version, secret.g(), write.kind(), record));
      }
      Statement statement = propose(chain, write, hash, author);
      if (!single) {
        chain.append(statement, fingerprint -> author.self().card());
      }
      statements.add(statement.encoded());
    }
    Write first = writes.get(0);
    return new ItemWrites(statements, records, single ? first.item() : null, first.replaces());
  }

  private static void requireNewest(RoomChain chain, Write write) {
    ChainItem newest = chain.item(write.item());
    boolean removed = newest != null && newest.act() == ItemAct.REMOVE;
    if (removed || (newest == null ? 0 : newest.version()) != write.replaces()) {
      throw ClientProblem.refused(
          Kind.REFUSED,
          "version-conflict",
          removed ? "it was removed meanwhile" : "somebody else changed it meanwhile",
          0);
    }
  }

  private static Statement propose(RoomChain chain, Write write, Hash hash, Draft.Signer author) {
    ItemAct act = write.body() == null ? ItemAct.REMOVE : ItemAct.PUT;
    try {
      return chain.propose(
          new ChainOp.Item(write.item(), write.replaces() + 1, act, hash),
          author.timeMillis(),
          author.self());
    } catch (ChainException e) {
      if (chain.owesGeneration()) {
        throw ClientProblem.of(
            Kind.GENERATION_OWED, "somebody left, and the new secret is not made yet");
      }
      throw ClientProblem.of(
          Kind.NOT_ALLOWED,
          e.fault() == ChainFault.BROKEN_RULE
              ? "the room does not allow this"
              : "this member may not write here");
    }
  }
}
