package dev.zamok.client.cache;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was verified of a room: its statements, up to {@code head}, and the newest versions of its
 * items as they opened.
 *
 * <pre>
 * 01 ‖ head index u32 ‖ head hash 32 ‖ count u32 × L(statement)
 * ‖ count u32 × (item 16 ‖ version u32 ‖ recordHash 32 ‖ kind u8 ‖ opened u8 ‖ length u32 ‖ body)
 * </pre>
 */
public record CachedRoom(ChainHead head, List<Bytes> statements, List<CachedItem> items) {
  private static final int FORMAT = 1;
  private static final int ITEM_BYTES = 58;

  /** Items that do not fit are fetched again. */
  static final int CONTENT_BYTES_MAX = 48 << 20;

  /** Longer chains are not kept: reading them would take as much memory as it saves time. */
  public static final int STATEMENTS_MAX = 100_000;

  /**
   * The newest version of an item.
   *
   * @param body null when its author sealed something that does not open
   */
  public record CachedItem(
      ItemId item, int version, Hash recordHash, int kind, @Nullable Bytes body) {
    @Override
    public String toString() {
      return "CachedItem[" + item + ", " + version + "]";
    }
  }

  public CachedRoom {
    statements = List.copyOf(statements);
    items = List.copyOf(items);
  }

  byte[] encode() {
    int size = 64;
    for (Bytes statement : statements) {
      size += 2 + statement.size();
    }
    List<CachedItem> kept = new ArrayList<>(items.size());
    for (CachedItem item : items) {
      Bytes body = item.body();
      int more = ITEM_BYTES + (body == null ? 0 : body.size());
      if (size + more <= CONTENT_BYTES_MAX) {
        kept.add(item);
        size += more;
      }
    }
    ByteWriter out = new ByteWriter(size).u8(FORMAT);
    out.u32(head.index()).bytes(head.hash().bytes()).u32(statements.size());
    statements.forEach(out::sized);
    out.u32(kept.size());
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
  static CachedRoom decode(byte[] content) {
    try {
      ByteReader in = Bytes.wrap(content).reader();
      if (in.u8() != FORMAT) {
        throw new CryptoFailure();
      }
      ChainHead head = new ChainHead(in.u32(), Hash.read(in));
      int count = in.u32();
      List<Bytes> statements = new ArrayList<>(Math.min(count, STATEMENTS_MAX));
      for (int i = 0; i < count; i++) {
        statements.add(in.sized());
      }
      int there = in.u32();
      List<CachedItem> items = new ArrayList<>(Math.min(there, STATEMENTS_MAX));
      for (int i = 0; i < there; i++) {
        items.add(item(in));
      }
      in.end();
      return new CachedRoom(head, statements, items);
    } catch (MalformedException e) {
      throw new CryptoFailure();
    }
  }

  private static CachedItem item(ByteReader in) {
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
    return "CachedRoom[" + head.index() + ", " + items.size() + " items]";
  }
}
