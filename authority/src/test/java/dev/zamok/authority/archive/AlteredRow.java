package dev.zamok.authority.archive;

import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.List;

/** An entry in the store that the log never had. */
public final class AlteredRow {
  private AlteredRow() {}

  public static Future<Void> write(SealedStore store, RoomId room, Position at) {
    Entry entry =
        new Entry(
            room,
            at,
            Position.ZERO,
            1,
            EntryKind.MESSAGE,
            new MemberTag(666),
            1,
            new MessageId(6, 6),
            Bytes.wrap(new byte[] {6}));
    return new ArchiveWriter(room, store, ArchiveConfig.DEFAULT).write(List.of(entry));
  }
}
