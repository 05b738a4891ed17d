package dev.zamok.client.safe;

import dev.zamok.client.authority.SharingApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.Acceptance;
import dev.zamok.client.room.Surroundings;
import dev.zamok.crypto.chain.InviteCode;
import dev.zamok.protocol.MalformedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Invitations of this account into safes of others. Belongs to the client's loop. */
final class Invitations {
  private final Surroundings around;

  Invitations(Surroundings around) {
    this.around = around;
  }

  /** Those whose letter was shown to the server by this account. */
  CompletableFuture<List<SharingApi.OwnInvitation>> pending() {
    return around.authority().sharing().invitations();
  }

  /** Has the server list it; only a link of a letter can be shown. */
  CompletableFuture<Void> claim(InviteLink link) {
    if (link.token().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return around.authority().sharing().claim(link.room(), link.invite(), link.token());
  }

  /** Fails with {@code REFUSED} ({@code code-needed}) for what is no code. */
  CompletableFuture<Void> accept(InviteLink link, String code) {
    InviteCode typed;
    try {
      typed = InviteCode.parse(code);
    } catch (MalformedException e) {
      throw ClientProblem.refused(
          Kind.REFUSED, "code-needed", "that is no code: look for a typing mistake", 0);
    }
    return new Acceptance(around).accept(link.room(), link.invite(), typed);
  }
}
