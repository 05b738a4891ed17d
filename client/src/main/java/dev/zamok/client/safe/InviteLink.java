package dev.zamok.client.safe;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where an invitation leads. Nothing in it is secret: without the code it opens nothing.
 *
 * <pre>
 * SERVER/invite#base64url(room 16 ‖ index u32 ‖ token 16, in letters alone)
 * </pre>
 *
 * @param server which the link names, without a path; null where it was made of its parts
 * @param token shows the server that the letter arrived; empty in a link that came another way
 */
public record InviteLink(@Nullable URI server, RoomId room, int invite, Bytes token) {
  private static final String PATH = "/invite";
  private static final int TOKEN_BYTES = 16;
  private static final int HTTPS = 443;

  public InviteLink(RoomId room, int invite, Bytes token) {
    this(null, room, invite, token);
  }

  /** Fails with {@code REFUSED} ({@code not-a-link}). */
  public static InviteLink parse(String link) {
    try {
      URI whole = new URI(link.strip());
      String fragment = whole.getRawFragment();
      if (!"https".equalsIgnoreCase(whole.getScheme())
          || whole.getHost() == null
          || whole.getRawUserInfo() != null
          || fragment == null) {
        throw notALink();
      }
      URI server = new URI("https", null, whole.getHost(), whole.getPort(), null, null, null);
      ByteReader in = Bytes.fromBase64Url(fragment).reader();
      RoomId room = RoomId.read(in);
      room.trust();
      int invite = in.u32();
      Bytes token = in.rest();
      if (token.isEmpty() || token.size() == TOKEN_BYTES) {
        return new InviteLink(server, room, invite, token);
      }
    } catch (MalformedException | IllegalArgumentException | URISyntaxException e) {
      throw notALink();
    }
    throw notALink();
  }

  private static ClientProblem notALink() {
    return ClientProblem.refused(Kind.REFUSED, "not-a-link", "that is no link of an invitation", 0);
  }

  /**
   * Whether it leads to this server, by host and port. What is in it is for no other: a program
   * asks before it sends anything. A server that lets the system choose its port writes port 0:
   * then the host decides.
   */
  public boolean leadsTo(URI other) {
    URI named = server;
    return named == null
        || (named.getHost().equalsIgnoreCase(other.getHost())
            && (port(named) == 0 || port(named) == port(other)));
  }

  private static int port(URI uri) {
    return uri.getPort() < 0 ? HTTPS : uri.getPort();
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
