package dev.zamok.client.key;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Secrets of a managed room: the authority made them and serves them with its shares. */
final class ManagedSecrets implements SecretSource {
  private final RoomId room;
  private final SessionApi authority;
  private final Map<Integer, RoomSecret> secrets = new HashMap<>();

  ManagedSecrets(RoomId room, SessionApi authority) {
    this.room = room;
    this.authority = authority;
  }

  @Override
  public CompletableFuture<RoomSecret> forRekey(Rekey rekey) {
    RoomSecret known = secrets.get(rekey.g());
    if (known != null) {
      return CompletableFuture.completedFuture(checked(known, rekey));
    }
    SessionApi.ShareQuery query = new SessionApi.ShareQuery(room, rekey.n(), rekey.n());
    return authority
        .shares(List.of(query))
        .thenApply(
            answers -> {
              answers.forEach(this::served);
              return checked(secrets.get(rekey.g()), rekey);
            });
  }

  @Override
  public int chainIndex(Rekey rekey) {
    return 0;
  }

  @Override
  public void served(Answers.Shares answer) {
    if (!answer.room().equals(room)) {
      return;
    }
    for (Answers.ManagedSecret served : answer.secrets()) {
      if (served.generation() > 0) {
        secrets.put(
            served.generation(), new RoomSecret(room, served.generation(), served.secret()));
      }
    }
  }

  private RoomSecret checked(@Nullable RoomSecret secret, Rekey rekey) {
    if (secret == null) {
      throw ClientProblem.of(Kind.NOT_ALLOWED, "the room's secret was not served");
    }
    if (!rekey.matches(secret)) {
      secrets.remove(rekey.g());
      throw ClientProblem.tampered("a room secret that is not the one of its rekey");
    }
    return secret;
  }
}
