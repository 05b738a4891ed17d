package dev.zamok.client.world;

import dev.zamok.client.authority.OpeningsApi;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps what is said to be opened, in one room. */
public final class WorldOpenings implements OpeningsApi {
  public final List<Bytes> kept = new ArrayList<>();

  @Override
  public CompletableFuture<Void> note(RoomId room, List<Bytes> openings) {
    openings.stream().filter(one -> !kept.contains(one)).forEach(kept::add);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Page> openings(RoomId room, @Nullable String after) {
    return CompletableFuture.completedFuture(new Page(kept, null));
  }
}
