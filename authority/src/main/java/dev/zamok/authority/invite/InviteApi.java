package dev.zamok.authority.invite;

import dev.zamok.authority.account.Directory;
import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.audit.AuditAction;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.invite.InviteCargo.Act;
import dev.zamok.authority.letter.Letter;
import dev.zamok.authority.letter.Post;
import dev.zamok.authority.room.Rooms;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.crypto.chain.ChainInvite;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Invitations by letter. Who may invite, and whether an acceptance is good, is for the chain to
 * say; no answer tells whether an address belongs to anybody here.
 */
public final class InviteApi implements Endpoints {
  private final Rooms rooms;
  private final Directory directory;
  private final Audit audit;
  private final Clock clock;
  private final InviteRows rows;
  private final @Nullable InviteLetters letters;
  private final InviteLimits limits;

  /** What it stands on. */
  public record Ground(
      SealedStore store, Directory directory, Audit audit, Clock clock, SecureRandom random) {}

  /**
   * @param post null where nobody can be written to
   * @param server what links begin with
   */
  public InviteApi(Rooms rooms, Ground ground, @Nullable Post post, URI server) {
    this.rooms = rooms;
    this.directory = ground.directory();
    this.audit = ground.audit();
    this.clock = ground.clock();
    this.rows = new InviteRows(ground.store(), clock);
    this.letters = post == null ? null : new InviteLetters(rows, post, server, ground.random());
    this.limits = new InviteLimits(clock);
  }

  @Override
  public void addTo(Api api) {
    api.on("inviteToRoom", this::invite)
        .on("roomInvitations", this::ofRoom)
        .on("withdrawInvitation", this::withdraw)
        .on("acceptInvitation", this::accept)
        .on("claimInvitation", this::claim)
        .on("invitations", this::own);
  }

  private Future<Answer> invite(Request request) {
    Statement statement = statement(request);
    InviteCargo.require(Act.INVITE, statement);
    String address = request.body().getString("email");
    if (address == null) {
      return extend(request, Act.INVITE, statement).map(v -> invited(statement, "none"));
    }
    if (!Letter.isAddress(address)) {
      throw Refusal.because(Problem.REQUEST_INVALID, "not an e-mail address");
    }
    InviteLetters writing = letters;
    if (writing == null) {
      throw Refusal.because(Problem.NOT_IMPLEMENTED, "this server sends no letters");
    }
    AccountId who = request.principal().account();
    limits.letter(who, address.toLowerCase(Locale.ROOT));
    RoomId room = roomOf(request);
    return extend(request, Act.INVITE, statement)
        .compose(v -> requireOpen(who, room, statement.index()))
        .compose(v -> audit.note(request.principal(), AuditAction.INVITATION_SENT, room.toBytes()))
        .compose(v -> directory.byAccount(who))
        .compose(
            found ->
                writing.deliver(
                    new InviteLetters.Invitation(
                        room,
                        statement.index(),
                        ((ChainOp.Invite) statement.op()).expiryMillis(),
                        who,
                        found.orElseThrow().profile().login(),
                        address)))
        .map(letter -> invited(statement, letter));
  }

  private static Answer invited(Statement statement, String letter) {
    return Answer.ok(new JsonObject().put("invite", statement.index()).put("letter", letter));
  }

  private Future<Answer> withdraw(Request request) {
    Statement statement = statement(request);
    InviteCargo.require(Act.WITHDRAW, statement);
    return extend(request, Act.WITHDRAW, statement)
        .compose(v -> rows.drop(roomOf(request), index(request)))
        .map(Answer.NO_CONTENT);
  }

  /** Of two at once, one extends the chain; the other finds the invitation used. */
  private Future<Answer> accept(Request request) {
    Statement statement = statement(request);
    InviteCargo.require(Act.ACCEPT, statement);
    if (((ChainOp.Accept) statement.op()).invite() != index(request)) {
      throw Refusal.because(Problem.CHAIN_INVALID, "the acceptance of another invitation");
    }
    AccountId who = request.principal().account();
    limits.tryFor(who);
    return extend(request, Act.ACCEPT, statement)
        .onSuccess(v -> limits.wasRight(who))
        .compose(v -> rows.drop(roomOf(request), index(request)))
        .map(Answer.NO_CONTENT);
  }

  private Future<Void> extend(Request request, Act act, Statement statement) {
    return rooms.extend(
        request.principal(),
        roomOf(request),
        List.of(statement.encoded()),
        new InviteCargo(act, clock));
  }

  /**
   * An old statement that is repeated was checked long ago: no letter goes out for what is over.
   */
  private Future<Void> requireOpen(AccountId who, RoomId room, int index) {
    return rooms
        .invites(who, room)
        .map(
            open -> {
              if (open.stream().noneMatch(one -> one.index() == index)) {
                throw Problem.NOT_FOUND.refusal();
              }
              return null;
            });
  }

  /** What the chain still has open; what it has not is forgotten here too. */
  private Future<Answer> ofRoom(Request request) {
    RoomId room = roomOf(request);
    return rooms
        .invites(request.principal().account(), room)
        .compose(
            open ->
                rows.of(room)
                    .compose(
                        listed -> {
                          Map<Integer, StoredInvite> known = new HashMap<>();
                          List<Future<?>> gone = new ArrayList<>();
                          for (InviteRows.Listed one : listed) {
                            if (open.stream().anyMatch(i -> i.index() == one.index())) {
                              known.put(one.index(), one.invite());
                            } else {
                              gone.add(rows.drop(room, one.index()));
                            }
                          }
                          return Future.join(gone)
                              .otherwiseEmpty()
                              .map(v -> Answer.ok(listed(open, known)));
                        }));
  }

  private static JsonObject listed(List<ChainInvite> open, Map<Integer, StoredInvite> known) {
    JsonArray array = new JsonArray();
    for (ChainInvite invite : open) {
      JsonObject one = new JsonObject().put("invite", invite.index());
      StoredInvite letter = known.get(invite.index());
      if (letter != null) {
        one.put("email", letter.address()).put("sent", letter.sent());
      }
      array.add(one);
    }
    return new JsonObject().put("invitations", array);
  }

  /** The token of the letter shows that it reached who asks. */
  private Future<Answer> claim(Request request) {
    AccountId who = request.principal().account();
    limits.tryFor(who);
    Bytes token = bytes(request.body().getString("token"));
    return rows.claim(roomOf(request), index(request), token, who)
        .onSuccess(v -> limits.wasRight(who))
        .map(Answer.NO_CONTENT);
  }

  private Future<Answer> own(Request request) {
    return rows.own(request.principal().account())
        .compose(
            all ->
                directory
                    .byAccounts(all.stream().map(InviteRows.Own::inviter).distinct().toList())
                    .map(
                        people -> {
                          Map<AccountId, String> logins = new HashMap<>();
                          people.forEach(
                              p -> logins.put(p.profile().account(), p.profile().login()));
                          JsonArray array = new JsonArray();
                          for (InviteRows.Own one : all) {
                            array.add(
                                new JsonObject()
                                    .put("room", one.room().toString())
                                    .put("invite", one.index())
                                    .put("inviter", logins.getOrDefault(one.inviter(), "?"))
                                    .put("expiresAt", one.expiryMillis()));
                          }
                          return Answer.ok(new JsonObject().put("invitations", array));
                        }));
  }

  private static Statement statement(Request request) {
    try {
      return Statement.parse(bytes(request.body().getString("statement")));
    } catch (MalformedException | ChainException e) {
      throw Refusal.because(Problem.CHAIN_INVALID, "not a statement");
    }
  }

  private static int index(Request request) {
    return Integer.parseInt(request.path("invite"));
  }

  private static RoomId roomOf(Request request) {
    return RoomId.parse(request.path("room"));
  }

  private static Bytes bytes(String text) {
    try {
      return Bytes.fromBase64Url(text);
    } catch (IllegalArgumentException e) {
      throw Problem.REQUEST_INVALID.refusal();
    }
  }
}
