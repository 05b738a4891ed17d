package dev.zamok.client.key;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.profile.Profile;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.GroupKeys;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The groups that this session meets: their chains, each followed and pinned like any other, and
 * the keys of those the account is in. Belongs to the client's loop.
 */
public final class GroupBook {
  private final OwnKeys self;
  private final SessionApi authority;
  private final Directory directory;
  private final Loop loop;
  private final Profile profile;
  private final Map<RoomId, Followed> followed = new HashMap<>();
  private final Map<RoomId, SecretKeeper> secrets = new HashMap<>();

  public GroupBook(
      OwnKeys self, SessionApi authority, Directory directory, Loop loop, Profile profile) {
    this.self = self;
    this.authority = authority;
    this.directory = directory;
    this.loop = loop;
    this.profile = profile;
  }

  /** One per group: two of them could take each other's pins for an alarm. */
  private record Followed(ServedStatements served, ChainKeeper chain) {}

  public ChainKeeper chain(RoomId group) {
    return followed(group).chain();
  }

  private Followed followed(RoomId group) {
    return followed.computeIfAbsent(
        group,
        id -> {
          ServedStatements served = new ServedStatements(id, authority);
          return new Followed(
              served, new ChainKeeper(id, served, directory, loop, profile.room(id), null));
        });
  }

  public SecretKeeper secrets(RoomId group) {
    return secrets.computeIfAbsent(
        group, id -> new SecretKeeper(id, self, authority, directory, chain(id), null));
  }

  /**
   * The chain of a group as it is now, asked for as somebody who is in {@code room} with it. Fails
   * with {@code TAMPERED} unless it names the card by which the group is there.
   */
  public CompletableFuture<RoomChain> follow(ChainGroup member, RoomId room) {
    Followed group = followed(member.group());
    group.served().through(room);
    return group
        .chain()
        .sync()
        .thenApply(
            chain -> {
              ChainGroup named = chain.groupCard(member.g());
              boolean fits =
                  chain.kind() == RoomKind.GROUP
                      && named != null
                      && named.statement().equals(member.statement())
                      && named.card().equals(member.card());
              if (!fits) {
                throw ClientProblem.tampered(
                    "a group is in a room by a card that the group's own log does not name");
              }
              return chain;
            });
  }

  /** Whether the account is in a group whose chain is known. */
  public boolean isIn(RoomChain group) {
    return group.role(self.in(group).fingerprint()).atLeast(Role.READER);
  }

  /**
   * The keys of a generation of a group that the account is in. Fails with {@code NOT_ALLOWED} when
   * its secret is not given to this member, with {@code TAMPERED} when it does not give those keys.
   */
  public CompletableFuture<Identity> keys(ChainGroup member) {
    ChainKeeper keeper = chain(member.group());
    return keeper
        .atLeast(1)
        .thenCompose(
            chain ->
                chain.generation() < member.g()
                    ? keeper.sync()
                    : CompletableFuture.completedFuture(chain))
        .thenCompose(chain -> secrets(member.group()).secret(member.g()))
        .thenApply(secret -> keys(secret, member));
  }

  /**
   * False when the account has the secret of that generation, and it does not give that card: then
   * nobody of the group opens what is wrapped for it. True where the account cannot tell.
   */
  public CompletableFuture<Boolean> fits(ChainGroup newest) {
    return secrets(newest.group())
        .secret(newest.g())
        .handle(
            (secret, failure) ->
                failure != null || GroupKeys.of(secret).card().equals(newest.card()));
  }

  private static Identity keys(RoomSecret secret, ChainGroup member) {
    try {
      return GroupKeys.of(secret, member);
    } catch (CryptoFailure e) {
      throw ClientProblem.tampered("the card of a group is not that of its secret");
    }
  }
}
