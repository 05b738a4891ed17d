package dev.zamok.crypto.epoch;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.room.RoomSecret;
import java.security.SecureRandom;
import java.util.List;

/** An authority and the key schedule of one managed room. */
public final class EpochScript {
  public final SecureRandom random = new SeededRandom("epochs");
  public final SigningKey control = SigningKey.generate(random);
  public final ControlKeys keys = ControlKeys.of(List.of(control.publicKey()));
  public final RoomSecret secret = RoomSecret.random(Fixtures.MANAGED, 1, random);
  public AuthorityShare share;
  public Rekey rekey;

  public EpochScript() {
    share = AuthorityShare.random(Fixtures.MANAGED, 1, random);
    rekey = sign(RekeyKind.IMMEDIATE_RESET, HubShare.random(random), Hash.ZERO);
  }

  public EpochKey key() {
    return EpochKey.derive(rekey, share, secret);
  }

  Rekey ratchet() {
    HubShare hub = HubShare.random(random);
    share = share.ratchet(hub);
    rekey = sign(RekeyKind.RATCHET, hub, rekey.hash());
    return rekey;
  }

  Rekey reset() {
    share = AuthorityShare.random(Fixtures.MANAGED, share.n() + 1, random);
    rekey = sign(RekeyKind.TIMED_RESET, HubShare.random(random), rekey.hash());
    return rekey;
  }

  Rekey sign(RekeyKind kind, HubShare hub, Hash previous) {
    return Rekey.sign(terms(kind, hub, previous, secret.g()), control);
  }

  RekeyTerms terms(RekeyKind kind, HubShare hub, Hash previous, int g) {
    return new RekeyTerms(
        share.room(), share.n(), g, kind, hub, share.check(), secret.commit(), Hash.ZERO, previous);
  }
}
