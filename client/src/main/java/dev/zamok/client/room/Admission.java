package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.chain.ChainAcceptance;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets in those who accepted an invitation: the client of an admin who looks into the room does it,
 * whichever is first; never one who only opens it, to say no to somebody. Until then they are
 * nobody, in the chain and for every client. By itself it lets in only while the invitation would
 * still hold by its own clock: an acceptance says its own time, and who has the code could have
 * dated it back, with a server that does not mind. Later an admin does it on purpose. Belongs to
 * the client's loop.
 */
final class Admission {
  private final ChainKeeper chains;
  private final Directory directory;
  private final ChainChanges changes;
  private final Supplier<Draft.Signer> signer;
  private @Nullable CompletableFuture<List<RoomMember>> running;

  /** How many are under way during which nobody is let in. */
  private int holds;

  Admission(
      ChainKeeper chains,
      Directory directory,
      ChainChanges changes,
      Supplier<Draft.Signer> signer) {
    this.chains = chains;
    this.directory = directory;
    this.changes = changes;
    this.signer = signer;
  }

  /**
   * Lets nobody in while that is under way: whoever removes somebody, or withdraws an invitation,
   * must not wrap the secret for him first.
   */
  <T> CompletableFuture<T> held(Supplier<CompletableFuture<T>> step) {
    holds++;
    return Futures.guard(step).whenComplete((done, failure) -> holds--);
  }

  /**
   * Does what is to be done, by the chain as it is known; yields whom this call let in. Fails
   * loudly only.
   */
  CompletableFuture<List<RoomMember>> consider() {
    CompletableFuture<List<RoomMember>> current = running;
    if (current != null && !current.isDone()) {
      return current.thenApply(others -> List.of());
    }
    RoomChain chain = chains.chain();
    if (chain == null || waiting(chain).isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    List<Fingerprint> all = waiting(chain).stream().map(ChainOp.Member::member).toList();
    CompletableFuture<List<RoomMember>> started =
        admit(any -> true)
            .exceptionallyCompose(
                failure ->
                    ClientProblem.isRefusal(failure, "chain-invalid") && all.size() > 1
                        ? oneByOne(all)
                        : CompletableFuture.failedFuture(failure))
            .exceptionally(Admission::quiet);
    running = started;
    return started;
  }

  /**
   * One whose card has a successor by now is let in by nobody, and must not keep the others out.
   */
  private CompletableFuture<List<RoomMember>> oneByOne(List<Fingerprint> all) {
    List<RoomMember> in = new ArrayList<>();
    return Futures.each(
            all, one -> admit(one::equals).exceptionally(Admission::quiet).thenAccept(in::addAll))
        .thenApply(done -> in);
  }

  private CompletableFuture<List<RoomMember>> admit(Predicate<Fingerprint> whom) {
    List<ChainOp.Member> in = new ArrayList<>();
    return changes
        .change(
            (draft, name) -> {
              in.clear();
              waiting(draft.chain()).stream()
                  .filter(member -> whom.test(member.member()))
                  .forEach(in::add);
              in.forEach(draft::propose);
              changes.welcome(draft, name, in.stream().map(ChainOp.Member::member).toList());
            })
        .thenApply(done -> in.stream().map(this::member).toList());
  }

  /** Somebody else may do it, or this one the next time. */
  private static List<RoomMember> quiet(Throwable failure) {
    if (ClientProblem.in(failure).isLoud()) {
      throw ClientProblem.in(failure);
    }
    return List.of();
  }

  private RoomMember member(ChainOp.Member op) {
    Contact contact = directory.contact(op.member());
    if (contact == null) {
      throw ClientProblem.tampered("the card of a member is not served");
    }
    return new RoomMember(contact, op.role(), op.tag(), false);
  }

  /** What is to be said of each, if this account is the one to say it. */
  private List<ChainOp.Member> waiting(RoomChain chain) {
    if (holds > 0) {
      return List.of();
    }
    Role own = chain.role(signer.get().self().fingerprint());
    long now = signer.get().timeMillis();
    List<ChainOp.Member> waiting = new ArrayList<>();
    for (ChainMember member : chain.members()) {
      ChainAcceptance came = chain.waitsBy(member.fingerprint());
      if (came != null
          && came.expiryMillis() >= now
          && own.atLeast(Role.ADMIN)
          && own.atLeast(came.role())) {
        waiting.add(new ChainOp.Member(member.fingerprint(), came.role(), member.tag()));
      }
    }
    return waiting;
  }
}
