package dev.zamok.crypto.chain;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.HumanCode;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;

/**
 * The code that travels to an invitee over another channel than the invitation: 16 random bytes.
 * The chain knows only the public key that it seeds.
 */
public final class InviteCode {
  private final SecretBytes code;

  private InviteCode(SecretBytes code) {
    this.code = code;
  }

  public static InviteCode generate(SecureRandom random) {
    return new InviteCode(HumanCode.generate(random));
  }

  /** What somebody typed in. Fails with {@link MalformedException}. */
  public static InviteCode parse(String text) {
    return new InviteCode(HumanCode.parse(text));
  }

  /** For people; show it, store it nowhere. */
  public String toText() {
    return HumanCode.toText(code);
  }

  /** Ed25519 with the seed {@code kdf(code, -, ctx("invite-key", room))}. */
  public SigningKey key(RoomId room) {
    return SigningKey.of(Kdf.derive(code, Context.of("invite-key").room(room)));
  }

  @Override
  public String toString() {
    return "InviteCode[]";
  }
}
