package dev.zamok.client.safe;

import dev.zamok.client.cache.CachedItem;
import dev.zamok.client.cache.RoomCache;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.ItemReader;
import dev.zamok.client.room.SealedItems;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainItem;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.item.ItemBody;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The opened items of one safe, kept up with its chain. Belongs to the client's loop. */
final class Shelf {
  private final SealedItems items;
  private final Map<ItemId, Kept> kept = new LinkedHashMap<>();

  Shelf(SealedItems items) {
    this.items = items;
    RoomCache cache = items.cache();
    if (cache != null) {
      cache.keep(this::cached);
    }
  }

  /** A version; without an item when it does not open. */
  private record Kept(ChainItem version, int kind, @Nullable Bytes body, @Nullable SafeItem item) {}

  /** Everything as the chain has it now; fetches what is new alone. */
  CompletableFuture<SafeContents> contents() {
    return items.sync().thenCompose(this::follow);
  }

  private CompletableFuture<SafeContents> follow(RoomChain chain) {
    restore(chain);
    List<ItemReader.Wanted> wanted = new ArrayList<>();
    for (ItemId id : chain.items()) {
      ChainItem newest = chain.item(id);
      Kept known = kept.get(id);
      if (newest == null || newest.act() == ItemAct.REMOVE) {
        kept.remove(id);
      } else if (known == null || known.version().version() != newest.version()) {
        wanted.add(new ItemReader.Wanted(id, newest));
      }
    }
    return items
        .reader()
        .read(wanted)
        .thenApply(
            opened -> {
              opened.forEach(this::keep);
              RoomCache cache = items.cache();
              if (cache != null && !opened.isEmpty()) {
                cache.changed();
              }
              return shown(chain);
            });
  }

  private void keep(ItemReader.Opened one) {
    kept.put(one.item(), new Kept(one.version(), one.kind(), one.body(), item(one)));
  }

  /** What earlier runs opened, where the chain still names exactly that. */
  private void restore(RoomChain chain) {
    RoomCache cache = items.cache();
    List<CachedItem> before = cache == null ? null : cache.loaded();
    if (cache == null || before == null) {
      return;
    }
    cache.taken();
    for (CachedItem item : before) {
      ChainItem newest = chain.item(item.item());
      if (newest != null
          && newest.version() == item.version()
          && newest.recordHash().equals(item.recordHash())) {
        keep(new ItemReader.Opened(item.item(), newest, item.kind(), item.body()));
      }
    }
  }

  /** What is to be found in the cache of the next run. */
  private List<CachedItem> cached() {
    RoomCache cache = items.cache();
    List<CachedItem> before = cache == null ? null : cache.loaded();
    if (before != null) {
      // Nobody looked into the safe in this run: what is there stays.
      return before;
    }
    List<CachedItem> all = new ArrayList<>(kept.size());
    kept.forEach(
        (id, one) ->
            all.add(
                new CachedItem(
                    id,
                    one.version().version(),
                    one.version().recordHash(),
                    one.kind(),
                    one.body())));
    return all;
  }

  /** In the order of the chain: that of the first versions. */
  private SafeContents shown(RoomChain chain) {
    List<SafeItem> shown = new ArrayList<>(kept.size());
    List<SafeContents.Unreadable> unreadable = new ArrayList<>();
    for (ItemId id : chain.items()) {
      Kept one = kept.get(id);
      if (one == null) {
        continue;
      }
      SafeItem item = one.item();
      if (item == null) {
        unreadable.add(
            new SafeContents.Unreadable(
                id, one.version().version(), items.room(), items.contact(one.version().author())));
      } else {
        shown.add(item);
      }
    }
    return new SafeContents(shown, unreadable, List.of());
  }

  /** All versions that are there, oldest first; those that do not open are left out. */
  CompletableFuture<List<SafeItem>> versions(ItemId id) {
    return versions(id, 1);
  }

  /** Those from {@code first} on. */
  CompletableFuture<List<SafeItem>> versions(ItemId id, int first) {
    return items
        .sync()
        .thenCompose(
            chain ->
                items
                    .reader()
                    .read(
                        chain.versions(id).stream()
                            .filter(v -> v.act() == ItemAct.PUT && v.version() >= first)
                            .map(version -> new ItemReader.Wanted(id, version))
                            .toList()))
        .thenApply(
            opened -> {
              List<SafeItem> versions = new ArrayList<>(opened.size());
              for (ItemReader.Opened one : opened) {
                SafeItem item = item(one);
                if (item != null) {
                  versions.add(item);
                }
              }
              return versions;
            });
  }

  /** What a version says; null when its author did not keep to the format. */
  @Nullable SafeItem item(ItemReader.Opened opened) {
    Bytes raw = opened.body();
    Contact author = items.contact(opened.version().author());
    if (author == null) {
      throw ClientProblem.tampered("the card of an author is not served");
    }
    if (raw == null || opened.kind() != ItemBody.KIND_SECRET) {
      return null;
    }
    try {
      ItemBody body = ItemBody.decode(raw.toByteArray());
      SafeItem.Place place =
          new SafeItem.Place(
              body.folder(),
              body.trashed(),
              body.resealed(),
              opened.version().g(),
              items.room(),
              body.folder());
      return new SafeItem(
          opened.item(),
          opened.version().version(),
          place,
          body.content(),
          author,
          opened.version().timeMillis());
    } catch (CryptoFailure e) {
      // Its author sealed something that is no secret: it is told as unreadable.
      return null;
    }
  }
}
