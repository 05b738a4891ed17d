package dev.zamok.client.safe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.room.WorldMember;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldAccount;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.AccountId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bob has replaced his keys in a safe, and a folder of it knows him by the former ones. */
class FolderFollowingTest {
  private final World world = new World();
  private final SigningKey signing = SigningKey.generate(world.random);
  private final AgreementKey agreement = AgreementKey.generate(world.random);
  private final Card first = Card.first(new AccountId(4, 5), signing, agreement);
  private WorldMember alice;
  private RoomEngine safe;
  private RoomEngine folder;
  private Fingerprint now;

  @BeforeEach
  void start() {
    is(new Identity(first, signing, agreement));
    alice = new WorldMember(world, "alice");
    safe = alice.make(RoomKind.SAFE, "safe");
    folder = alice.make(RoomKind.SAFE, "in it");
  }

  private void is(Identity identity) {
    WorldAccount account = new WorldAccount("bob", identity);
    world.accounts.put("bob", account);
    world.byFingerprint.put(identity.fingerprint(), account);
  }

  private void replaced() {
    SigningKey next = SigningKey.generate(world.random);
    AgreementKey agreed = AgreementKey.generate(world.random);
    Identity identity = new Identity(first.successor(signing, next, agreed), next, agreed);
    is(identity);
    now = identity.fingerprint();
  }

  private void put(RoomEngine engine, Role role) {
    alice.await(
        alice
            .around
            .directory()
            .lookup("bob")
            .thenCompose(contact -> engine.people().put(contact, role)));
  }

  private void follow() {
    SafeTree tree =
        new SafeTree(
            alice.around.authority(), alice.around.keys().profile(), null, safe, broken -> {});
    alice.await(FolderFollowing.follow(tree, folder));
  }

  private List<RoomMember> bobs() {
    return alice.await(folder.people().members()).stream()
        .filter(member -> !member.self())
        .toList();
  }

  @Test
  void hisRightInTheFolderIsThatOfHisNewKeysAlone() {
    put(safe, Role.WRITER);
    put(folder, Role.READER);
    replaced();
    put(safe, Role.WRITER);
    follow();
    assertThat(bobs()).hasSize(1);
    assertThat(bobs().get(0).contact().fingerprint()).isEqualTo(now);
    assertThat(bobs().get(0).role()).isEqualTo(Role.READER);
  }

  @Test
  void heWhoAdministersTheSafeAdministersTheFolderByHisNewKeysAlone() {
    put(safe, Role.ADMIN);
    put(folder, Role.WRITER);
    replaced();
    put(safe, Role.ADMIN);
    follow();
    assertThat(bobs()).hasSize(1);
    assertThat(bobs().get(0).contact().fingerprint()).isEqualTo(now);
    assertThat(bobs().get(0).role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void whoIsOutOfTheSafeIsOutOfTheFolderByWhicheverKeys() {
    put(safe, Role.WRITER);
    put(folder, Role.WRITER);
    replaced();
    put(safe, Role.WRITER);
    alice.await(safe.people().member("bob").thenCompose(safe.people()::remove));
    follow();
    assertThat(bobs()).isEmpty();
  }
}
