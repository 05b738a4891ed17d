package dev.zamok.client.authority;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What members say that they opened, as the authority keeps it. Contract: {@code openapi.yaml} of
 * the authority.
 *
 * <p>Futures complete on the client's loop; they fail with {@link
 * dev.zamok.client.problem.ClientProblem} alone.
 */
public interface OpeningsApi {
  int OPENINGS_PER_NOTE_MAX = 20;

  /** Fails with the refusal {@code conflict} when they do not continue their line. */
  CompletableFuture<Void> note(RoomId room, List<Bytes> openings);

  /** By author and line. Fails with {@code NOT_ALLOWED} for all but admins. */
  CompletableFuture<Page> openings(RoomId room, @Nullable String after);

  /**
   * Some of them.
   *
   * @param next to ask for more; null at the end
   */
  record Page(List<Bytes> openings, @Nullable String next) {
    public Page {
      openings = List.copyOf(openings);
    }
  }
}
