package dev.zamok.client.key;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.chain.ChainGeneration;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.crypto.room.RoomSecret;
import java.util.concurrent.CompletableFuture;

/**
 * Secrets of a sealed room. A rekey is believed only as far as the chain goes: it names a statement
 * of the verified chain, and the newest generation at that statement, with its commitment. So the
 * authority cannot bring back a secret that a removed member knows.
 */
final class SealedSecrets implements SecretSource {
  private final ChainKeeper chains;
  private final SecretKeeper secrets;

  SealedSecrets(ChainKeeper chains, SecretKeeper secrets) {
    this.chains = chains;
    this.secrets = secrets;
  }

  @Override
  public CompletableFuture<RoomSecret> forRekey(Rekey rekey) {
    boolean known = chains.chain() != null && chains.indexOf(rekey.terms().chain()) >= 0;
    CompletableFuture<RoomChain> chain = known ? chains.atLeast(1) : chains.sync();
    return chain
        .thenCompose(
            verified -> {
              check(verified, rekey);
              return secrets.secret(rekey.g());
            })
        .thenApply(
            secret -> {
              if (!rekey.matches(secret)) {
                throw ClientProblem.tampered("a room secret that is not the one of its rekey");
              }
              return secret;
            });
  }

  @Override
  public int chainIndex(Rekey rekey) {
    return chains.indexOf(rekey.terms().chain());
  }

  /** Nothing in such an answer is a secret of a sealed room. */
  @Override
  public void served(Answers.Shares answer) {
    if (!answer.secrets().isEmpty()) {
      throw ClientProblem.tampered("the server served a secret for a sealed room");
    }
  }

  private void check(RoomChain chain, Rekey rekey) {
    int index = chains.indexOf(rekey.terms().chain());
    if (index < 0) {
      throw ClientProblem.of(
          Kind.CHAIN_ALARM, "a rekey names a statement that the membership log does not have");
    }
    ChainGeneration generation = chain.generation(rekey.g());
    ChainGeneration newer = chain.generation(rekey.g() + 1);
    boolean fits =
        generation != null
            && generation.index() <= index
            && (newer == null || newer.index() > index)
            && generation.commit().equals(rekey.terms().commit());
    if (!fits) {
      throw ClientProblem.tampered("a rekey with another secret than the membership log says");
    }
  }
}
