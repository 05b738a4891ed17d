package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes rooms. Belongs to the client's loop. */
public final class NewRoom {
  private final Surroundings around;

  public NewRoom(Surroundings around) {
    this.around = around;
  }

  public CompletableFuture<Answers.Room> channel(String name, boolean open) {
    return around.authority().createChannel(name, open);
  }

  /**
   * A room whose secret is made here.
   *
   * @param name null for rooms that are called after their members
   * @param other another owner from the start, or null
   */
  public CompletableFuture<Answers.Room> sealed(
      RoomKind kind, History history, @Nullable String name, @Nullable Contact other) {
    byte[] nonce = new byte[ChainOp.Create.NONCE_SIZE];
    around.random().nextBytes(nonce);
    MemberTag tag = MemberTag.NONE;
    while (tag.equals(MemberTag.NONE)) {
      tag = new MemberTag(around.random().nextLong());
    }
    ChainOp.Create create =
        new ChainOp.Create(kind, history, tag, ChainOp.NO_PARENT, Bytes.wrap(nonce));
    Draft draft = Draft.room(create, around.directory(), around.signer());
    draft.generation(null);
    if (name != null) {
      draft.name(1, name);
    }
    if (other != null) {
      draft.propose(new ChainOp.Member(other.fingerprint(), Role.OWNER, draft.newTag()));
      if (draft.chain().owesGeneration()) {
        draft.generation(null);
      } else {
        draft.wrapFor(other.fingerprint());
      }
    }
    return around
        .authority()
        .createSealed(kind, history, draft.extension())
        .thenApply(
            made -> {
              if (!made.room().equals(draft.chain().roomId())) {
                throw ClientProblem.tampered("the server answered with another room");
              }
              return made;
            });
  }
}
