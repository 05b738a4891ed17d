package dev.zamok.client.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** By which of its keys an account acts in a room. */
class OwnKeysTest {
  private static final MemberTag FIRST_TAG = new MemberTag(1);
  private static final MemberTag SECOND_TAG = new MemberTag(2);

  private final SecureRandom random = new SecureRandom();
  private final List<Identity> all =
      Keyset.generate(random).replaced(random).identities(new AccountId(1, 2));
  private final Identity former = all.get(0);
  private final Identity newest = all.get(1);
  private final OwnKeys own = new OwnKeys(all);
  private final Map<Fingerprint, Card> cards =
      all.stream()
          .map(Identity::card)
          .collect(Collectors.toMap(Card::fingerprint, Function.identity()));

  private RoomChain made(Identity by) {
    ChainOp.Create create =
        new ChainOp.Create(
            RoomKind.SAFE,
            History.FULL,
            FIRST_TAG,
            ChainOp.NO_PARENT,
            Bytes.wrap(new byte[ChainOp.Create.NONCE_SIZE]));
    return RoomChain.start(Statement.create(create, 1, by), by.card());
  }

  @Test
  void aRoomThatKnowsTheFormerCardAloneIsActedInByIt() {
    RoomChain chain = made(former);
    assertThat(own.in(chain)).isSameAs(former);
    assertThat(own.formerIn(chain)).containsExactly(former.fingerprint());
    assertThat(own.in(chain, FIRST_TAG)).isSameAs(former);
  }

  @Test
  void whereBothAreMembersTheNewestActsAndATagIsItsOwn() {
    RoomChain chain = made(former);
    RoomSecret secret = RoomSecret.random(chain.roomId(), 1, random);
    ChainOp.Generation generation = new ChainOp.Generation(1, secret.commit(), Bytes.EMPTY);
    chain.append(chain.propose(generation, 2, former), cards::get);
    ChainOp.Member member = new ChainOp.Member(newest.fingerprint(), Role.OWNER, SECOND_TAG);
    chain.append(chain.propose(member, 2, former), cards::get);
    assertThat(own.in(chain)).isSameAs(newest);
    assertThat(own.in(chain, FIRST_TAG)).isSameAs(former);
    assertThat(own.in(chain, SECOND_TAG)).isSameAs(newest);
    assertThat(own.formerIn(chain)).containsExactly(former.fingerprint());
  }

  @Test
  void whatIsNewIsDoneByTheNewestAndAStrangerIsNobody() {
    Identity stranger = Keyset.generate(random).firstIdentity(new AccountId(3, 4));
    RoomChain elsewhere = made(stranger);
    assertThat(own.in(null)).isSameAs(newest);
    assertThat(own.in(elsewhere)).isSameAs(newest);
    assertThat(own.in(elsewhere, FIRST_TAG)).isSameAs(newest);
    assertThat(own.formerIn(elsewhere)).isEmpty();
    assertThat(own.has(former.fingerprint())).isTrue();
    assertThat(own.has(stranger.fingerprint())).isFalse();
  }
}
