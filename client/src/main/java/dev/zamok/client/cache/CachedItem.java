package dev.zamok.client.cache;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of an item, as it opened.
 *
 * <pre>
 * of a room = 02 ‖ count u32 × (item 16 ‖ version u32 ‖ recordHash 32 ‖ kind u8 ‖ opened u8 ‖ length u32 ‖ body)
 * </pre>
 *
 * @param body null when its author sealed something that does not open
 */
public record CachedItem(
    ItemId item, int version, Hash recordHash, int kind, @Nullable Bytes body) {
  private static final int FORMAT = 2;
  private static final int HEAD_BYTES = 64;
  private static final int ITEM_BYTES = 58;
  private static final int EXPECTED_MAX = 100_000;

  /** Items that do not fit are left out: they are fetched again. */
  static byte[] encode(List<CachedItem> items, int bytesMax) {
    int size = HEAD_BYTES;
    List<CachedItem> kept = new ArrayList<>(items.size());
    for (CachedItem item : items) {
      Bytes body = item.body();
      int more = ITEM_BYTES + (body == null ? 0 : body.size());
      if (size + more <= bytesMax) {
        kept.add(item);
        size += more;
      }
    }
    ByteWriter out = new ByteWriter(size).u8(FORMAT).u32(kept.size());
    for (CachedItem item : kept) {
      Bytes body = item.body();
      item.item().write(out);
      out.u32(item.version()).bytes(item.recordHash().bytes()).u8(item.kind());
      out.u8(body == null ? 0 : 1).u32(body == null ? 0 : body.size());
      if (body != null) {
        out.bytes(body);
      }
    }
    return out.toByteArray();
  }

  /** Fails with {@link CryptoFailure} for what another version of this program wrote. */
  static List<CachedItem> decode(byte[] content) {
    try {
      ByteReader in = Bytes.wrap(content).reader();
      if (in.u8() != FORMAT) {
        throw new CryptoFailure();
      }
      int count = in.u32();
      List<CachedItem> items = new ArrayList<>(Math.min(count, EXPECTED_MAX));
      for (int i = 0; i < count; i++) {
        items.add(read(in));
      }
      in.end();
      return items;
    } catch (MalformedException e) {
      throw new CryptoFailure();
    }
  }

  private static CachedItem read(ByteReader in) {
    ItemId item = ItemId.read(in);
    int version = in.u32();
    Hash hash = Hash.read(in);
    int kind = in.u8();
    boolean opened = in.u8() == 1;
    Bytes body = in.bytes(in.u32());
    return new CachedItem(item, version, hash, kind, opened ? body : null);
  }

  @Override
  public String toString() {
    return "CachedItem[" + item + ", " + version + "]";
  }
}
