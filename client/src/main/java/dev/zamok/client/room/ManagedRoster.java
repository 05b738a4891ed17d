package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.key.RoomKeys;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The members of a managed room, as the authority names them; their cards are checked against the
 * pins like any others.
 */
final class ManagedRoster implements Roster {
  private final RoomId room;
  private final SessionApi authority;
  private final Directory directory;
  private final OwnKeys self;
  private final Map<MemberTag, RoomMember> everyone = new HashMap<>();
  private List<RoomMember> present = List.of();
  private boolean loaded;

  ManagedRoster(RoomId room, SessionApi authority, Directory directory, OwnKeys self) {
    this.room = room;
    this.authority = authority;
    this.directory = directory;
    this.self = self;
  }

  @Override
  public CompletableFuture<@Nullable Contact> author(MemberTag tag) {
    RoomMember known = everyone.get(tag);
    if (known != null) {
      return CompletableFuture.completedFuture(known.contact());
    }
    return refresh()
        .thenApply(
            done -> {
              RoomMember found = everyone.get(tag);
              return found == null ? null : found.contact();
            });
  }

  /** The authority and the hub decide in managed rooms; a chain must not be named. */
  @Override
  public CompletableFuture<Boolean> mayWrite(Contact author, ChainHead head, RoomKeys.Live key) {
    return CompletableFuture.completedFuture(head.equals(ChainHead.NONE));
  }

  @Override
  public CompletableFuture<List<RoomMember>> members() {
    return loaded
        ? CompletableFuture.completedFuture(present)
        : refresh().thenApply(done -> present);
  }

  @Override
  public Role ownRole() {
    return present.stream()
        .filter(RoomMember::self)
        .map(RoomMember::role)
        .findFirst()
        .orElse(Role.NONE);
  }

  @Override
  public ChainHead head() {
    return ChainHead.NONE;
  }

  @Override
  public CompletableFuture<Void> refresh() {
    return authority
        .members(room)
        .thenCompose(
            answers ->
                Futures.all(answers.stream().map(this::member).toList())
                    .thenAccept(members -> take(answers, members)));
  }

  private CompletableFuture<RoomMember> member(Answers.Member answer) {
    return directory
        .accept(new Answers.Account(answer.account(), answer.login(), answer.card()))
        .thenApply(
            contact -> {
              if (!contact.fingerprint().equals(answer.fingerprint())) {
                throw ClientProblem.tampered("a member with the card of another");
              }
              boolean own = self.has(contact.fingerprint());
              return new RoomMember(contact, answer.role(), answer.tag(), own);
            });
  }

  private void take(List<Answers.Member> answers, List<RoomMember> members) {
    everyone.clear();
    members.forEach(member -> everyone.put(member.tag(), member));
    present =
        List.copyOf(
            java.util.stream.IntStream.range(0, members.size())
                .filter(i -> answers.get(i).present())
                .mapToObj(members::get)
                .toList());
    loaded = true;
  }
}
