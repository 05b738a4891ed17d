package dev.zamok.authority.archive;

import dev.zamok.authority.store.Row;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Position;

/**
 * A run of a room's entries that lie together.
 *
 * @param first entries from this position on, up to the next bucket's
 * @param bytes of bodies and a little more each; lags behind by what one process wrote since it
 *     last noted them
 * @param version of the row; 0 before it is stored
 */
record Bucket(int number, Position first, long beganMillis, long bytes, long version) {
  Bytes body() {
    ByteWriter out = new ByteWriter(24);
    first.write(out);
    return out.u64(beganMillis).u64(bytes).toBytes();
  }

  static Bucket of(Row row) {
    ByteReader in = row.body().reader();
    Bucket bucket =
        new Bucket(row.sort().reader().u32(), Position.read(in), in.u64(), in.u64(), row.version());
    in.end();
    return bucket;
  }
}
