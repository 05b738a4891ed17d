package dev.zamok.client.safe;

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
  }

  /** A version; without an item when it does not open. */
  private record Kept(ChainItem version, @Nullable SafeItem item) {}

  /** Everything as the chain has it now; fetches what is new alone. */
  CompletableFuture<SafeContents> contents() {
    return items.sync().thenCompose(this::follow);
  }

  private CompletableFuture<SafeContents> follow(RoomChain chain) {
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
              opened.forEach(one -> kept.put(one.item(), new Kept(one.version(), item(one))));
              return shown(chain);
            });
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
                id, one.version().version(), items.contact(one.version().author())));
      } else {
        shown.add(item);
      }
    }
    return new SafeContents(shown, unreadable);
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

  private @Nullable SafeItem item(ItemReader.Opened opened) {
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
