package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Makes folders with rights of their own. Belongs to the client's loop.
 *
 * <p>The parent lists the folder first, then it is made: when that fails it is taken from the list
 * again. A crash between the two leaves an entry for a room that is not there, which everybody sees
 * as a closed folder and an admin may remove.
 */
public final class NewFolder {
  private static final int ATTEMPTS_MAX = 4;

  private final Surroundings around;

  public NewFolder(Surroundings around) {
    this.around = around;
  }

  /**
   * A folder in the room of {@code parent}; its maker is an admin of it.
   *
   * @param members all others, with their roles
   */
  public CompletableFuture<Answers.Room> make(
      RoomEngine parent, String name, Map<Contact, Role> members) {
    Draft draft = Draft.room(create(parent.id()), around.directory(), around.signer());
    draft.generation(null);
    draft.name(1, name);
    members.forEach(
        (contact, role) -> {
          draft.propose(new ChainOp.Member(contact.fingerprint(), role, draft.newTag()));
          if (role.atLeast(Role.READER)) {
            draft.wrapFor(contact.fingerprint());
          }
        });
    RoomId folder = draft.chain().roomId();
    return parent
        .folders()
        .list(folder, draft.chain().head())
        .thenCompose(
            listed ->
                make(draft.extension(), listed.added().index(), 1)
                    .exceptionallyCompose(failure -> undone(parent, folder, failure)))
        .thenApply(
            made -> {
              if (!made.room().equals(folder)) {
                throw ClientProblem.tampered("the server answered with another room");
              }
              return made;
            });
  }

  private ChainOp.Create create(RoomId parent) {
    byte[] nonce = new byte[ChainOp.Create.NONCE_SIZE];
    around.random().nextBytes(nonce);
    MemberTag tag = MemberTag.NONE;
    while (tag.equals(MemberTag.NONE)) {
      tag = new MemberTag(around.random().nextLong());
    }
    return new ChainOp.Create(RoomKind.FOLDER, History.FULL, tag, parent, Bytes.wrap(nonce));
  }

  /** The authority takes one and the same request once, however often it is sent. */
  private CompletableFuture<Answers.Room> make(
      SessionApi.Extension extension, int listedAt, int attempt) {
    return around
        .authority()
        .createFolder(History.FULL, extension, listedAt)
        .exceptionallyCompose(
            failure ->
                ClientProblem.in(failure).outcomeUnknown() && attempt < ATTEMPTS_MAX
                    ? make(extension, listedAt, attempt + 1)
                    : CompletableFuture.failedFuture(ClientProblem.unwrap(failure)));
  }

  private static CompletableFuture<Answers.Room> undone(
      RoomEngine parent, RoomId folder, Throwable failure) {
    if (!ClientProblem.in(failure).outcomeUnknown()) {
      Futures.fire(parent.folders().unlist(folder));
    }
    return CompletableFuture.failedFuture(ClientProblem.unwrap(failure));
  }
}
