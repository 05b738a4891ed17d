package dev.zamok.client.room;

import dev.zamok.client.contact.Directory;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.key.SecretKeeper;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainGeneration;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.room.RoomInfo;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Opens the name of one sealed room. Belongs to the client's loop. */
final class SealedName {
  private final Directory directory;
  private final ChainKeeper chains;
  private final SecretKeeper secrets;

  SealedName(Directory directory, ChainKeeper chains, SecretKeeper secrets) {
    this.directory = directory;
    this.chains = chains;
    this.secrets = secrets;
  }

  /** Null when the room has none or it cannot be read. */
  CompletableFuture<@Nullable RoomInfo> of(@Nullable Bytes stored) {
    if (stored == null) {
      return CompletableFuture.completedFuture(null);
    }
    int g;
    try {
      g = RoomInfo.generationOf(stored);
    } catch (MalformedException e) {
      throw ClientProblem.tampered("the name of a room breaks its format");
    }
    return chains
        .atLeast(1)
        .thenCompose(chain -> chain.generation(g) == null ? chains.sync() : chains.atLeast(1))
        .thenCompose(chain -> secrets.secret(g).thenApply(secret -> open(chain, secret, stored)))
        .exceptionally(
            failure -> {
              if (ClientProblem.is(failure, Kind.NOT_ALLOWED)) {
                return null;
              }
              throw ClientProblem.in(failure);
            });
  }

  private RoomInfo open(RoomChain chain, RoomSecret secret, Bytes stored) {
    try {
      RoomInfo info = RoomInfo.open(secret, directory, stored);
      ChainGeneration generation = chain.generation(secret.g());
      boolean member =
          chain.role(info.author()).atLeast(Role.WRITER)
              || (generation != null
                  && chain.roleAt(info.author(), generation.index()).atLeast(Role.WRITER));
      if (member) {
        return info;
      }
    } catch (CryptoFailure e) {
      throw ClientProblem.tampered("the name of a room does not verify");
    }
    throw ClientProblem.tampered("the name of a room is a stranger's");
  }
}
