package dev.zamok.client;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The logins of the account, this one among them. Belongs to the client's loop. */
final class Logins {
  private final SessionApi authority;

  Logins(SessionApi authority) {
    this.authority = authority;
  }

  CompletableFuture<List<DeviceLogin>> list() {
    return authority
        .sessions()
        .thenApply(sessions -> sessions.stream().map(Logins::deviceLogin).toList());
  }

  /** See {@link Session#revokeOthers}. */
  CompletableFuture<Void> revokeOthers() {
    return authority.sessions().thenCompose(this::revokeOthers);
  }

  private CompletableFuture<Void> revokeOthers(List<Answers.DeviceSession> all) {
    List<ClientProblem> failures = new ArrayList<>();
    return Futures.each(
            all.stream().filter(one -> !one.current()).toList(),
            one ->
                authority
                    .revoke(one.session())
                    .exceptionally(
                        failure -> {
                          // One that ended meanwhile is what was wanted.
                          if (!ClientProblem.isRefusal(failure, "not-found")) {
                            failures.add(ClientProblem.in(failure));
                          }
                          return null;
                        }))
        .thenRun(
            () -> {
              if (!failures.isEmpty()) {
                throw failures.get(0);
              }
            });
  }

  private static DeviceLogin deviceLogin(Answers.DeviceSession session) {
    String name = session.deviceName();
    return new DeviceLogin(
        session.session(),
        session.device(),
        name == null ? "" : name,
        Instant.ofEpochMilli(session.createdAtMillis()),
        Instant.ofEpochMilli(session.lastSeenAtMillis()),
        session.current(),
        session.kept());
  }
}
