package dev.zamok.client.key;

import dev.zamok.client.cache.CachedChain;
import dev.zamok.client.cache.RoomCache;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.loop.Loop;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The chain of one room between runs: what earlier ones verified, and what this one leaves to the
 * next. Belongs to the client's loop.
 */
final class KeptChain implements RoomCache.Chain {
  private final RoomId room;
  private final Directory directory;
  private final Loop loop;
  private final RoomCache cache;

  /** As they came; null when they are too many to be kept. */
  private @Nullable List<Bytes> encoded = new ArrayList<>();

  private final Set<Fingerprint> people = new LinkedHashSet<>();
  private ChainHead head = ChainHead.NONE;

  KeptChain(RoomId room, Directory directory, Loop loop, RoomCache cache) {
    this.room = room;
    this.directory = directory;
    this.loop = loop;
    this.cache = cache;
    cache.keep(this);
  }

  /** What earlier runs verified, not yet compared with the pin; null for nothing. */
  CompletableFuture<@Nullable ChainGrowth> restored() {
    return cache
        .load(loop)
        .thenCompose(
            before -> {
              if (before == null) {
                return CompletableFuture.completedFuture(null);
              }
              before.cards().forEach(card -> directory.recall(card.login(), card.card()));
              return ChainGrowth.replayed(
                  room, directory, loop, before.chain().copy(), before.statements());
            });
  }

  /** The chain has grown by these. */
  void add(List<Statement> statements, ChainHead newest) {
    head = newest;
    statements.forEach(statement -> ChainGrowth.need(null, statement, people));
    List<Bytes> kept = encoded;
    if (kept != null) {
      statements.forEach(statement -> kept.add(statement.encoded()));
      encoded = kept.size() > CachedChain.STATEMENTS_MAX ? null : kept;
    }
  }

  @Override
  public @Nullable List<Bytes> statements() {
    return head.equals(ChainHead.NONE) ? null : encoded;
  }

  @Override
  public List<CachedChain.Card> cards() {
    List<CachedChain.Card> cards = new ArrayList<>(people.size());
    for (Fingerprint one : people) {
      Contact contact = directory.contact(one);
      if (contact != null) {
        cards.add(new CachedChain.Card(contact.login(), contact.card().encoded()));
      }
    }
    return cards;
  }

  @Override
  public ChainHead head() {
    return head;
  }
}
