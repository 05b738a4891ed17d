package dev.zamok.client.safe;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.net.URI;

/**
 * Where an invitation leads. Nothing in it is secret: without the code it opens nothing.
 *
 * <pre>
 * SERVER/invite#base64url(room 16 ‖ index u32 ‖ token 16, in letters alone)
 * </pre>
 *
 * @param token shows the server that the letter arrived; empty in a link that came another way
 */
public record InviteLink(RoomId room, int invite, Bytes token) {
  private static final String PATH = "/invite";
  private static final int TOKEN_BYTES = 16;

  /** Fails with {@code REFUSED} ({@code not-a-link}). */
  public static InviteLink parse(String link) {
    try {
      ByteReader in = Bytes.fromBase64Url(link.substring(link.indexOf('#') + 1).strip()).reader();
      RoomId room = RoomId.read(in);
      room.trust();
      int invite = in.u32();
      Bytes token = in.rest();
      if (token.isEmpty() || token.size() == TOKEN_BYTES) {
        return new InviteLink(room, invite, token);
      }
    } catch (MalformedException | IllegalArgumentException e) {
      throw notALink();
    }
    throw notALink();
  }

  private static ClientProblem notALink() {
    return ClientProblem.refused(Kind.REFUSED, "not-a-link", "that is no link of an invitation", 0);
  }

  public URI at(URI server) {
    Bytes fragment =
        new ByteWriter(RoomId.SIZE + 4 + TOKEN_BYTES)
            .bytes(room.toBytes())
            .u32(invite)
            .bytes(token)
            .toBytes();
    return server.resolve(PATH + "#" + fragment.toBase64Url());
  }
}
