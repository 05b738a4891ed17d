package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.authority.SessionApi.ItemQuery;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.key.SecretKeeper;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainItem;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.item.ItemAddress;
import dev.zamok.crypto.item.ItemRecord;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fetches versions of items that the chain names, and opens them. The chain says what there is: an
 * authority that serves another record, an older one, one of another item or none fails the read
 * with {@code TAMPERED}. Belongs to the client's loop; records are opened aside, those of one page
 * while the next one comes.
 */
public final class ItemReader {
  private final SessionApi authority;
  private final ChainKeeper chains;
  private final SecretKeeper secrets;
  private final Loop loop;

  ItemReader(SessionApi authority, ChainKeeper chains, SecretKeeper secrets, Loop loop) {
    this.authority = authority;
    this.chains = chains;
    this.secrets = secrets;
    this.loop = loop;
  }

  /** A version that the chain names. */
  public record Wanted(ItemId item, ChainItem version) {
    private ItemQuery query() {
      return new ItemQuery(item, version.version(), version.recordHash());
    }
  }

  /**
   * A version as its author sealed it.
   *
   * @param body null when it does not open: then its author did not keep to the format
   */
  public record Opened(ItemId item, ChainItem version, int kind, @Nullable Bytes body) {
    @Override
    public String toString() {
      return "Opened[" + item + ", " + version.version() + "]";
    }
  }

  /** In the order asked for; those that were removed for good meanwhile are left out. */
  public CompletableFuture<List<Opened>> read(List<Wanted> wanted) {
    List<Opened> opened = new ArrayList<>(wanted.size());
    List<List<Wanted>> pages = new ArrayList<>();
    for (int at = 0; at < wanted.size(); at += SessionApi.ITEMS_PER_QUERY_MAX) {
      pages.add(wanted.subList(at, Math.min(wanted.size(), at + SessionApi.ITEMS_PER_QUERY_MAX)));
    }
    return pages.isEmpty()
        ? CompletableFuture.completedFuture(opened)
        : pages(pages, 0, ask(pages.get(0)), opened).thenApply(done -> opened);
  }

  /** The next page comes while one is opened. */
  private CompletableFuture<Void> pages(
      List<List<Wanted>> pages,
      int at,
      CompletableFuture<Answers.Items> asked,
      List<Opened> opened) {
    boolean last = at + 1 == pages.size();
    return asked.thenCompose(
        answer -> {
          CompletableFuture<Answers.Items> next = last ? asked : ask(pages.get(at + 1));
          CompletableFuture<Void> done = page(pages.get(at), asked, opened);
          return last ? done : done.thenCompose(v -> pages(pages, at + 1, next, opened));
        });
  }

  private CompletableFuture<Answers.Items> ask(List<Wanted> page) {
    return authority.items(chains.room(), page.stream().map(Wanted::query).toList());
  }

  private CompletableFuture<Void> page(
      List<Wanted> page, CompletableFuture<Answers.Items> asked, List<Opened> opened) {
    return asked.thenCompose(
        answer -> {
          Map<Wanted, Answers.ItemVersion> records = matched(page, answer);
          List<Wanted> missing = new ArrayList<>(page);
          missing.removeAll(records.keySet());
          return open(records, opened)
              .thenCompose(
                  done -> {
                    if (missing.isEmpty()) {
                      return CompletableFuture.completedFuture(null);
                    }
                    return answer.more() && !records.isEmpty()
                        ? page(missing, ask(missing), opened)
                        : requireRemoved(missing);
                  });
        });
  }

  /** Each record with the version that it claims to be. */
  private Map<Wanted, Answers.ItemVersion> matched(List<Wanted> page, Answers.Items answer) {
    Map<ItemId, Map<Integer, Wanted>> asked = new LinkedHashMap<>();
    for (Wanted wanted : page) {
      asked
          .computeIfAbsent(wanted.item(), item -> new LinkedHashMap<>())
          .put(wanted.version().version(), wanted);
    }
    Map<Wanted, Answers.ItemVersion> matched = new LinkedHashMap<>();
    for (Answers.ItemVersion record : answer.items()) {
      Wanted wanted = asked.getOrDefault(record.item(), Map.of()).get(record.version());
      if (wanted == null || matched.put(wanted, record) != null) {
        throw ClientProblem.tampered("the server answered with another item");
      }
    }
    return matched;
  }

  private CompletableFuture<Void> open(
      Map<Wanted, Answers.ItemVersion> records, List<Opened> opened) {
    Set<Integer> generations = new LinkedHashSet<>();
    records.keySet().forEach(wanted -> generations.add(wanted.version().g()));
    return Futures.each(generations, g -> secrets.secret(g).thenApply(secret -> null))
        .thenCompose(
            ready -> {
              Map<Integer, ItemRecord.Opener> openers = new HashMap<>();
              generations.forEach(g -> openers.put(g, opener(g)));
              RoomId room = chains.room();
              return Futures.aside(
                  loop,
                  List.copyOf(records.entrySet()),
                  one -> open(room, openers, one.getKey(), one.getValue()));
            })
        .thenAccept(opened::addAll);
  }

  private ItemRecord.Opener opener(int g) {
    RoomSecret secret = secrets.known(g);
    if (secret == null) {
      throw new IllegalStateException("a secret that was there is gone");
    }
    return new ItemRecord.Opener(secret);
  }

  /** On any thread. */
  private static Opened open(
      RoomId room,
      Map<Integer, ItemRecord.Opener> openers,
      Wanted wanted,
      Answers.ItemVersion record) {
    ItemAddress address = verified(room, wanted, record);
    ItemRecord.Opener opener = openers.get(wanted.version().g());
    if (opener == null) {
      throw new IllegalStateException("an item of a generation that nobody asked for");
    }
    Bytes body = null;
    try {
      body = Bytes.wrap(opener.open(address, record.record()));
    } catch (CryptoFailure e) {
      // Its hash is the one that was signed: the author sealed something else, not the server.
      body = null;
    }
    return new Opened(wanted.item(), wanted.version(), record.kind(), body);
  }

  private static ItemAddress verified(RoomId room, Wanted wanted, Answers.ItemVersion record) {
    ChainItem version = wanted.version();
    ItemAddress address;
    try {
      address =
          new ItemAddress(
              room,
              wanted.item(),
              version.version(),
              record.generation(),
              record.kind(),
              version.author());
    } catch (MalformedException e) {
      throw ClientProblem.tampered("an item without an address");
    }
    if (record.generation() != version.g()
        || !ItemRecord.hash(address, record.record()).equals(version.recordHash())) {
      throw ClientProblem.tampered("an item is not the one that its author signed");
    }
    return address;
  }

  /** What is not served must be gone by the chain: removed after it was asked for. */
  private CompletableFuture<Void> requireRemoved(List<Wanted> missing) {
    return chains
        .sync()
        .thenAccept(
            (RoomChain chain) -> {
              for (Wanted wanted : missing) {
                ChainItem newest = chain.item(wanted.item());
                if (newest == null || newest.act() != ItemAct.REMOVE) {
                  throw ClientProblem.tampered("the server withholds an item");
                }
              }
            });
  }
}
