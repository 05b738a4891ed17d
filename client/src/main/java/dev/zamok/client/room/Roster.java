package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.key.RoomKeys;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.MemberTag;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Who is who in a room, and who may write. Belongs to the client's loop. */
interface Roster {
  /** Who has or had this tag; null when nobody ever did. */
  CompletableFuture<@Nullable Contact> author(MemberTag tag);

  /**
   * Whether {@code author} may have written under {@code key}, having seen the chain up to {@code
   * chain}. Fails loudly when that statement is not on the chain this client verified.
   */
  CompletableFuture<Boolean> mayWrite(Contact author, ChainHead chain, RoomKeys.Live key);

  /** Present members, as fresh as the last {@link #refresh}. */
  CompletableFuture<List<RoomMember>> members();

  /** One's own role; {@link Role#NONE} when not a member. */
  Role ownRole();

  /** The newest verified statement, {@link ChainHead#NONE} in managed rooms. */
  ChainHead head();

  /** Membership may have changed: look. */
  CompletableFuture<Void> refresh();
}
