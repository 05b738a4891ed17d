package dev.zamok.client.key;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainGeneration;
import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The secrets M_g of one sealed room: opened from wraps, or followed back from a later one where
 * history is full. Each is checked against the commitment in the chain. Belongs to the client's
 * loop.
 */
public final class SecretKeeper {
  private final RoomId room;
  private final OwnKeys self;
  private final SessionApi authority;
  private final Directory directory;
  private final ChainKeeper chains;
  private final @Nullable GroupBook groups;
  private final TreeMap<Integer, RoomSecret> secrets = new TreeMap<>();

  /**
   * Nothing is known at first.
   *
   * @param groups null where no group can be a member
   */
  public SecretKeeper(
      RoomId room,
      OwnKeys self,
      SessionApi authority,
      Directory directory,
      ChainKeeper chains,
      @Nullable GroupBook groups) {
    this.room = room;
    this.self = self;
    this.authority = authority;
    this.directory = directory;
    this.chains = chains;
    this.groups = groups;
  }

  /** One that this client made. */
  public void made(RoomSecret secret) {
    secrets.put(secret.g(), secret);
  }

  public @Nullable RoomSecret known(int g) {
    return secrets.get(g);
  }

  /**
   * Fails with {@code NOT_ALLOWED} when there is no wrap for this member, with {@code TAMPERED}
   * when there is one that does not open.
   */
  public CompletableFuture<RoomSecret> secret(int g) {
    RoomSecret known = linked(g);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    return chains.atLeast(1).thenCompose(chain -> fetch(chain, g));
  }

  private CompletableFuture<RoomSecret> fetch(RoomChain chain, int g) {
    return authority
        .wraps(room)
        .thenCompose(
            wraps ->
                directory
                    .load(wraps.stream().map(Answers.Wrapped::wrapper).distinct().toList())
                    .thenCompose(loaded -> recipients(chain, wraps))
                    .thenApply(recipients -> open(chain, g, wraps, recipients)));
  }

  /**
   * Who opens which of them.
   *
   * @param known the account itself, by all its cards, and the groups that it is in
   * @param failure why the keys of one of the others are not known; null when there is none
   */
  private record Recipients(Map<Fingerprint, Identity> known, @Nullable ClientProblem failure) {}

  /** Each group by itself: what one of them gave closes nothing that another wrap opens. */
  private CompletableFuture<Recipients> recipients(RoomChain chain, List<Answers.Wrapped> wraps) {
    Map<Fingerprint, Identity> known = new HashMap<>();
    self.all().forEach(one -> known.put(one.fingerprint(), one));
    GroupBook book = groups;
    Set<ChainGroup> needed = new LinkedHashSet<>();
    for (Answers.Wrapped wrap : wraps) {
      ChainGroup group = chain.group(wrap.recipient());
      if (group != null) {
        needed.add(group);
      }
    }
    if (book == null) {
      return CompletableFuture.completedFuture(new Recipients(known, null));
    }
    List<ClientProblem> failures = new ArrayList<>();
    return Futures.each(
            needed,
            group ->
                book.keys(group)
                    .handle(
                        (keys, failure) -> {
                          if (failure == null) {
                            known.put(keys.fingerprint(), keys);
                          } else {
                            failures.add(ClientProblem.in(failure));
                          }
                          return null;
                        }))
        .thenApply(done -> new Recipients(known, failures.isEmpty() ? null : failures.get(0)));
  }

  private RoomSecret open(
      RoomChain chain, int g, List<Answers.Wrapped> wraps, Recipients recipients) {
    RoomSecret made = linked(g);
    if (made != null) {
      // While this was asked, another step of this client made it, or got it.
      return made;
    }
    // The newest first: from it links may lead back to all others.
    List<Answers.Wrapped> useful =
        wraps.stream()
            .filter(wrap -> wrap.generation() >= g && !secrets.containsKey(wrap.generation()))
            .sorted(Comparator.comparingInt(Answers.Wrapped::generation))
            .toList();
    boolean broken = false;
    for (Answers.Wrapped wrap : useful) {
      RoomSecret opened = open(chain, wrap, recipients.known().get(wrap.recipient()));
      broken |= opened == null;
      if (opened != null) {
        secrets.put(opened.g(), opened);
        RoomSecret found = linked(g);
        if (found != null) {
          return found;
        }
      }
    }
    ClientProblem failure = recipients.failure();
    if (failure != null) {
      throw failure;
    }
    if (broken) {
      throw ClientProblem.tampered("a room secret that does not open or is not the room's");
    }
    throw ClientProblem.of(Kind.NOT_ALLOWED, "no key of this room was given to this member");
  }

  private @Nullable RoomSecret open(
      RoomChain chain, Answers.Wrapped wrap, @Nullable Identity recipient) {
    Card wrapper = directory.byFingerprint(wrap.wrapper());
    if (wrapper == null || recipient == null) {
      return null;
    }
    try {
      return Wrap.open(wrap.wrap(), chain, wrap.generation(), wrapper, recipient);
    } catch (CryptoFailure e) {
      return null;
    }
  }

  /** From the nearest secret above, link by link; null when a link is missing. */
  private @Nullable RoomSecret linked(int g) {
    RoomSecret known = secrets.get(g);
    var above = secrets.higherEntry(g);
    RoomChain chain = chains.chain();
    if (known != null || above == null || chain == null) {
      return known;
    }
    RoomSecret secret = above.getValue();
    while (secret.g() > g) {
      ChainGeneration newer = chain.generation(secret.g());
      ChainGeneration older = chain.generation(secret.g() - 1);
      if (newer == null || older == null || newer.prevLink().isEmpty()) {
        return null;
      }
      try {
        secret = secret.openPrevLink(newer.prevLink(), older.commit());
      } catch (CryptoFailure e) {
        throw ClientProblem.tampered("a link between room secrets does not open");
      }
      secrets.put(secret.g(), secret);
    }
    return secret;
  }
}
