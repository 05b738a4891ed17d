package dev.zamok.client;

import dev.zamok.client.authority.AccountApi;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.PinnedCard;
import dev.zamok.client.profile.Profile;
import dev.zamok.crypto.identity.Card;
import dev.zamok.protocol.Bytes;
import java.util.concurrent.CompletableFuture;

/**
 * Makes the newest keys of an account those of its card, which is what others seal to. Whoever
 * replaces his keys stores them first: what stops after that goes on here at the next login,
 * wherever that is, and no session ever works with keys whose successors are stored. Belongs to the
 * client's loop.
 */
final class Succession {
  private static final int ATTEMPTS_MAX = 3;

  private final Profile profile;

  Succession(Profile profile) {
    this.profile = profile;
  }

  /**
   * Ends all other logins, which may be those of somebody who has the former keys, then publishes
   * the card. Does nothing but look where it is published. Fails with {@code CARD_CHANGED} for a
   * card of one's own that this device knows to be replaced.
   */
  CompletableFuture<Accounts.Opened> finish(
      SessionApi session, AccountApi account, Accounts.Opened opened) {
    requireNewest(opened);
    if (!opened.pending()) {
      return CompletableFuture.completedFuture(opened);
    }
    Card next = opened.identity().card();
    return new Logins(session)
        .revokeOthers()
        .thenCompose(done -> publish(account, next.encoded(), 1))
        .thenCompose(done -> session.account())
        .thenApply(
            about -> {
              if (!about.card().equals(next.encoded())) {
                throw ClientProblem.tampered("the server does not show the card that it took");
              }
              return new Accounts.Opened(opened.own(), opened.key(), false);
            });
  }

  private static CompletableFuture<Void> publish(AccountApi account, Bytes card, int attempt) {
    return account
        .putCard(card)
        .exceptionallyCompose(
            failure -> {
              ClientProblem problem = ClientProblem.in(failure);
              return problem.outcomeUnknown() && attempt < ATTEMPTS_MAX
                  ? publish(account, card, attempt + 1)
                  : CompletableFuture.failedFuture(problem);
            });
  }

  private void requireNewest(Accounts.Opened opened) {
    Card shown = opened.own().cards().get(opened.pending() ? 1 : 0);
    PinnedCard pinned = profile.contact(shown.account());
    if (pinned != null
        && (pinned.card().seq() > shown.seq() || !opened.own().has(pinned.card().fingerprint()))) {
      throw ClientProblem.of(
          Kind.CARD_CHANGED, "the server shows a card of this account that was replaced");
    }
  }
}
