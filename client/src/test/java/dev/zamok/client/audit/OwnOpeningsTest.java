package dev.zamok.client.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.authority.OpeningsApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.Profile;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.world.VirtualLoop;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The line in which a device says what it opened. */
class OwnOpeningsTest {
  private static final RoomId ROOM = RoomId.parse("AgAAAAAAAAAAAAAAAAAAAQ");
  private static final ItemId ITEM = new ItemId(1, 2);

  private final SecureRandom random = new SecureRandom();
  private final VirtualLoop loop = new VirtualLoop();
  private final Identity self = Keyset.generate(random).firstIdentity(new AccountId(1, 2));
  private final ProfileStore store = ProfileStore.inMemory();
  private final Server server = new Server();

  /** Keeps what continues a line. */
  private static final class Server implements OpeningsApi {
    final List<Opening> kept = new ArrayList<>();
    boolean away;

    /** It keeps what it gets, but its answer does not arrive. */
    boolean mute;

    @Override
    public CompletableFuture<Void> note(RoomId room, List<Bytes> openings) {
      if (away) {
        return CompletableFuture.failedFuture(ClientProblem.unavailable("away", false));
      }
      for (Bytes encoded : openings) {
        Opening opening = Opening.parse(encoded);
        if (kept.stream().anyMatch(opening::equals)) {
          continue;
        }
        boolean follows =
            opening.place().n() == 1 || kept.stream().anyMatch(before -> opening.follows(before));
        boolean taken = kept.stream().anyMatch(one -> one.place().equals(opening.place()));
        if (!follows || taken) {
          return CompletableFuture.failedFuture(
              ClientProblem.refused(Kind.REFUSED, "conflict", "conflict", 0));
        }
        kept.add(opening);
      }
      return mute
          ? CompletableFuture.failedFuture(ClientProblem.unavailable("mute", true))
          : CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Page> openings(RoomId room, @Nullable String after) {
      throw new UnsupportedOperationException();
    }
  }

  /** As the next run has it. */
  private OwnOpenings run(ProfileStore from) {
    Profile profile = new Profile(from, random);
    return new OwnOpenings(ROOM, server, new OwnOpenings.Ground(loop, () -> self, profile, random));
  }

  private boolean said(ProfileStore from, int version) {
    return !run(from).note(Opening.What.ITEM, ITEM, version).isCompletedExceptionally();
  }

  private List<Integer> versions() {
    return server.kept.stream().map(Opening::version).toList();
  }

  @Test
  void runsContinueOneLine() {
    assertThat(said(store, 1)).isTrue();
    assertThat(said(store, 2)).isTrue();
    assertThat(said(store, 3)).isTrue();
    assertThat(server.kept).extracting(one -> one.place().n()).containsExactly(1, 2, 3);
    assertThat(server.kept)
        .extracting(one -> one.place().line())
        .containsOnly(server.kept.get(0).place().line());
  }

  @Test
  void whatCouldNotBeSaidIsSaidWithTheNextOneAndOnce() {
    server.away = true;
    assertThat(said(store, 1)).isFalse();
    server.away = false;
    server.mute = true;
    assertThat(said(store, 2)).isFalse();
    server.mute = false;
    assertThat(said(store, 3)).isTrue();
    assertThat(versions()).containsExactly(1, 2, 3);
  }

  @Test
  void anOlderCopyOfTheProfileBeginsALineOfItsOwn() {
    said(store, 1);
    ProfileStore old = ProfileStore.inMemory();
    old.write("opened-" + ROOM, store.read("opened-" + ROOM));
    said(store, 2);
    assertThat(said(old, 3)).isTrue();
    assertThat(versions()).containsExactly(1, 2, 3);
    assertThat(server.kept).extracting(one -> one.place().n()).containsExactly(1, 2, 1);
    assertThat(said(old, 4)).isTrue();
    assertThat(said(store, 5)).isTrue();
    assertThat(server.kept).extracting(one -> one.place().n()).containsExactly(1, 2, 1, 2, 3);
  }

  @Test
  void moreThanFitsIntoOneRequestIsNotSaidLater() {
    server.away = true;
    for (int version = 1; version <= OpeningsApi.OPENINGS_PER_NOTE_MAX; version++) {
      said(store, version);
    }
    server.away = false;
    assertThat(said(store, 99)).isTrue();
    assertThat(versions()).containsExactly(99);
  }
}
