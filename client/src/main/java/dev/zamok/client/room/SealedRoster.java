package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.key.RoomKeys;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.MemberTag;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The members of a sealed room: what the verified chain says, and nothing else. */
final class SealedRoster implements Roster {
  private final ChainKeeper chains;
  private final RoomGroups groups;
  private final OwnKeys self;

  SealedRoster(ChainKeeper chains, RoomGroups groups, OwnKeys self) {
    this.chains = chains;
    this.groups = groups;
    this.self = self;
  }

  @Override
  public CompletableFuture<@Nullable Contact> author(MemberTag tag) {
    RoomChain chain = chains.chain();
    Fingerprint known = chain == null ? null : chain.byTag(tag);
    if (known != null) {
      return CompletableFuture.completedFuture(groups.contact(known));
    }
    return chains
        .sync()
        .thenApply(
            synced -> {
              Fingerprint found = synced.byTag(tag);
              return found == null ? null : groups.contact(found);
            });
  }

  @Override
  public CompletableFuture<Boolean> mayWrite(Contact author, ChainHead head, RoomKeys.Live key) {
    return chains
        .atLeast(head.index() + 1)
        .thenApply(
            chain -> {
              if (!chain.matchesPin(head)) {
                throw ClientProblem.of(
                    Kind.CHAIN_ALARM, author.login() + " was shown another membership log");
              }
              // Whoever wrote in an epoch was a member when it began or later: a removal, which
              // starts a new one, cannot be dodged by naming an older statement.
              int at = Math.max(head.index(), key.chainIndex());
              return chain.roleAt(author.fingerprint(), at).atLeast(Role.WRITER);
            });
  }

  @Override
  public CompletableFuture<List<RoomMember>> members() {
    return chains
        .atLeast(1)
        .thenApply(
            chain -> {
              List<RoomMember> members = new ArrayList<>();
              for (ChainMember member : chain.members()) {
                Contact contact = groups.contact(member.fingerprint());
                if (contact == null) {
                  throw ClientProblem.tampered("the card of a member is not served");
                }
                boolean own = self.has(member.fingerprint());
                members.add(new RoomMember(contact, member.role(), member.tag(), own));
              }
              return members;
            });
  }

  @Override
  public Role ownRole() {
    return groups.role();
  }

  @Override
  public ChainHead head() {
    RoomChain chain = chains.chain();
    return chain == null ? ChainHead.NONE : chain.head();
  }

  @Override
  public CompletableFuture<Void> refresh() {
    return groups.sync().thenApply(chain -> null);
  }
}
