package dev.zamok.authority;

import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.room.Person;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.SessionId;
import java.security.SecureRandom;

/** Somebody with an account, a card and its keys. */
public final class TestMember {
  private final String login;
  private final Identity identity;
  private final Principal principal;

  private TestMember(String login, Identity identity, Principal principal) {
    this.login = login;
    this.identity = identity;
    this.principal = principal;
  }

  public static TestMember make(String login, SecureRandom random) {
    AccountId account = new AccountId(random.nextLong(), random.nextLong());
    SigningKey signing = SigningKey.generate(random);
    AgreementKey agreement = AgreementKey.generate(random);
    Identity identity = new Identity(Card.first(account, signing, agreement), signing, agreement);
    SessionId session = new SessionId(random.nextLong(), random.nextLong());
    return new TestMember(
        login, identity, new Principal(account, session, new DeviceId(random.nextLong())));
  }

  /** Somebody who was made elsewhere; without a session. */
  public static TestMember of(Identity identity, String login) {
    AccountId account = identity.card().account();
    Principal principal = new Principal(account, new SessionId(0, 1), new DeviceId(1));
    return new TestMember(login, identity, principal);
  }

  public AccountId account() {
    return identity.card().account();
  }

  public Card card() {
    return identity.card();
  }

  public Fingerprint fingerprint() {
    return identity.fingerprint();
  }

  public Identity identity() {
    return identity;
  }

  public Principal principal() {
    return principal;
  }

  public Person person() {
    return new Person(account(), login, card(), true);
  }

  /** The same in every room: fine for tests. */
  public MemberTag tag() {
    return new MemberTag(account().low() | 1);
  }
}
