package dev.zamok.crypto.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All versions of an item, newest first. Immutable: copies of a chain share it. */
final class ItemPast {
  final ChainItem newest;
  private final @Nullable ItemPast before;

  ItemPast(ChainItem newest, @Nullable ItemPast before) {
    this.newest = newest;
    this.before = before;
  }

  /** Oldest first. */
  List<ChainItem> versions() {
    List<ChainItem> all = new ArrayList<>(newest.version());
    for (ItemPast at = this; at != null; at = at.before) {
      all.add(at.newest);
    }
    Collections.reverse(all);
    return all;
  }
}
