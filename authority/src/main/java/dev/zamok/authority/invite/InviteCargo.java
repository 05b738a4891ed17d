package dev.zamok.authority.invite;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.room.Cargo;
import dev.zamok.crypto.chain.ChainInvite;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is asked of a statement about an invitation beside the rules of the chain: times are looked
 * at by this clock, not by that of whoever signed.
 */
final class InviteCargo implements Cargo {
  static final Duration LIFE_MAX = Duration.ofDays(30);
  static final int OPEN_MAX = 100;

  private final Act act;
  private final Clock clock;

  /** Those of the chain whose time is over; once accepted they are open no more. */
  private final Set<Integer> expired = new HashSet<>();

  /** What the request is for. */
  enum Act {
    INVITE,
    WITHDRAW,
    ACCEPT
  }

  InviteCargo(Act act, Clock clock) {
    this.act = act;
    this.clock = clock;
  }

  /** Fails with {@link Refusal} unless the statement is about that. */
  static void require(Act act, Statement statement) {
    boolean fits =
        switch (act) {
          case INVITE -> statement.op() instanceof ChainOp.Invite op && op.role() != Role.NONE;
          case WITHDRAW -> statement.op() instanceof ChainOp.Invite op && op.role() == Role.NONE;
          case ACCEPT -> statement.op() instanceof ChainOp.Accept;
        };
    if (!fits) {
      throw Refusal.because(Problem.CHAIN_INVALID, "a statement about something else");
    }
  }

  @Override
  public void before(RoomChain chain) {
    if (act == Act.INVITE && chain.invites().size() >= OPEN_MAX) {
      throw Refusal.because(Problem.ROOM_STATE, "at most " + OPEN_MAX + " open invitations");
    }
    if (act != Act.ACCEPT) {
      return;
    }
    long now = clock.millis();
    for (ChainInvite invite : chain.invites()) {
      if (invite.expiryMillis() < now) {
        expired.add(invite.index());
      }
    }
  }

  @Override
  public void check(RoomChain chain, List<Statement> fresh) {
    long now = clock.millis();
    for (Statement statement : fresh) {
      if (statement.op() instanceof ChainOp.Accept accept && expired.contains(accept.invite())) {
        throw Refusal.because(Problem.CHAIN_INVALID, "the invitation is over");
      }
      if (act == Act.INVITE
          && statement.op() instanceof ChainOp.Invite invite
          && (invite.expiryMillis() <= now || invite.expiryMillis() > now + LIFE_MAX.toMillis())) {
        throw Refusal.because(Problem.REQUEST_INVALID, "an invitation lives for at most 30 days");
      }
    }
  }

  @Override
  public Future<Void> store(RoomId room) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> stored(RoomId room, List<Statement> statements) {
    return Future.succeededFuture();
  }
}
