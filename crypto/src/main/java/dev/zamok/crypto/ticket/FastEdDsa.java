package dev.zamok.crypto.ticket;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.ticket.EdDsa;
import dev.zamok.protocol.ticket.SignatureCheck;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Checks the signatures of tickets by Bouncy Castle, in an eighth of the JDK's time.
 *
 * <p>Less strict than {@link dev.zamok.crypto.identity.VerifyKey}: an {@code R} with a small-order
 * part passes, which only the holder of the key can make. It would cost as much again to refuse it,
 * and nothing depends on which of his signatures a ticket bears.
 */
public final class FastEdDsa implements EdDsa {
  @Override
  public SignatureCheck of(Bytes publicKey) {
    if (publicKey.size() != Ed25519.PUBLIC_KEY_SIZE) {
      throw new MalformedException("key that is not valid for EdDSA");
    }
    Ed25519.PublicPoint point = Ed25519.validatePublicKeyPartialExport(publicKey.toByteArray(), 0);
    if (point == null) {
      throw new MalformedException("key that is not valid for EdDSA");
    }
    return (message, signature) ->
        signature.length == Ed25519.SIGNATURE_SIZE
            && Ed25519.verify(signature, 0, point, message, 0, message.length);
  }
}
