package dev.zamok.authority.invite;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Node;
import dev.zamok.authority.letter.Letter;
import dev.zamok.authority.letter.Post;
import dev.zamok.authority.store.MeddledStore;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tried with a letter while something else happens to its row. */
class LetterRaceAttackTest {
  private static final RoomId ROOM = new RoomId(1, 2);
  private static final int INDEX = 3;
  private static final AccountId INVITER = new AccountId(4, 5);
  private static final AccountId CAROL = new AccountId(6, 7);
  private static final Bytes TOKEN = Bytes.wrap(new byte[16]);

  @TempDir Path directory;
  private Node node;
  private MeddledStore meddled;
  private InviteRows rows;

  /** Of everybody else. */
  private InviteRows others;

  private final Outbox outbox = new Outbox();

  private static final class Outbox implements Post {
    private final List<Letter> letters = new ArrayList<>();

    @Override
    public Future<Place> send(Letter letter) {
      letters.add(letter);
      return Future.succeededFuture(Place.SENT);
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  @BeforeEach
  void start() {
    node = new Node(directory).start();
    meddled = new MeddledStore(node.store());
    rows = new InviteRows(node.sealed(meddled), node.clock);
    others = new InviteRows(node.sealed(), node.clock);
    await(others.see(ROOM, INDEX).compose(seen -> others.put(seen, letter())));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** One that the mail server did not say it took. */
  private StoredInvite letter() {
    return new StoredInvite(
        INVITER, Hash.of(TOKEN), false, expiryMillis(), null, "carol@example.org");
  }

  private long expiryMillis() {
    return node.clock.millis() + 1_000_000;
  }

  private String deliverAgain() {
    InviteLetters letters =
        new InviteLetters(rows, outbox, URI.create("https://zamok.example"), node.random);
    return await(
        letters.deliver(
            new InviteLetters.Invitation(
                ROOM, INDEX, expiryMillis(), INVITER, "ada", "carol@example.org")));
  }

  @Test
  void aClaimIsErasedByALetterThatIsWrittenAtTheSameTime() {
    meddled.before(() -> others.claim(ROOM, INDEX, TOKEN, CAROL));

    assertThat(deliverAgain()).isEqualTo("sent");

    assertThat(outbox.letters).isEmpty();
    assertThat(await(others.get(ROOM, INDEX)).orElseThrow().claimedBy()).isEqualTo(CAROL);
    assertThat(await(others.own(CAROL))).hasSize(1);
  }

  @Test
  void aTokenIsReplacedByThatOfALetterWrittenAtTheSameTime() {
    StoredInvite other =
        new StoredInvite(
            INVITER,
            Hash.of(Bytes.wrap(new byte[17])),
            false,
            expiryMillis(),
            null,
            "carol@example.org");
    meddled.before(() -> others.see(ROOM, INDEX).compose(seen -> others.put(seen, other)));

    assertThat(deliverAgain()).isEqualTo("failed");

    assertThat(outbox.letters).isEmpty();
    assertThat(await(others.get(ROOM, INDEX))).contains(other);
  }

  @Test
  void aLetterOfNoAccountStaysUsedSinceItsRowChanges() {
    await(others.claimFirst(ROOM, INDEX, TOKEN, CAROL));
    meddled.before(() -> others.sent(ROOM, INDEX, Hash.of(TOKEN)));
    meddled.before(() -> others.sent(ROOM, INDEX, Hash.of(TOKEN)));

    await(rows.unclaim(ROOM, INDEX, CAROL));

    assertThat(await(others.isUnclaimed(ROOM, INDEX, TOKEN))).isTrue();
    assertThat(await(others.own(CAROL))).isEmpty();
  }

  @Test
  void whatIsNotGivenBackIsListedNoMore() {
    await(others.claimFirst(ROOM, INDEX, TOKEN, CAROL));
    SealedStore store = node.sealed();
    RowKey key = InviteTables.invite(ROOM, INDEX);
    await(store.get(key).compose(row -> store.delete(key, row.orElseThrow().version())));

    await(rows.unclaim(ROOM, INDEX, CAROL));

    assertThat(await(others.own(CAROL))).hasSize(1);
  }
}
