package dev.zamok.authority.invite;

import dev.zamok.authority.letter.Letter;
import dev.zamok.authority.letter.Post;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to people who are invited. The letter holds a link and nothing that opens anything: the
 * code goes another way, and this server never has it.
 *
 * <pre>
 * link = SERVER/invite#base64url(room 16 ‖ index u32 ‖ token 16)
 * </pre>
 */
final class InviteLetters {
  private static final Logger LOG = LoggerFactory.getLogger(InviteLetters.class);
  private static final int TOKEN_BYTES = 16;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final InviteRows rows;
  private final Post post;
  private final URI server;
  private final SecureRandom random;

  InviteLetters(InviteRows rows, Post post, URI server, SecureRandom random) {
    this.rows = rows;
    this.post = post;
    this.server = server;
    this.random = random;
  }

  /** Whom it concerns. */
  record Invitation(
      RoomId room, int index, long expiryMillis, AccountId inviter, String login, String address) {
    @Override
    public String toString() {
      return "Invitation[" + room + ", " + index + "]";
    }
  }

  /**
   * Sends it once, however often it is asked for. Yields {@code sent}, {@code kept} or {@code
   * failed}.
   */
  Future<String> deliver(Invitation to) {
    return rows.see(to.room(), to.index())
        .compose(
            seen ->
                seen.invite().filter(InviteLetters::hasArrived).isPresent()
                    ? Future.succeededFuture("sent")
                    : write(to, seen));
  }

  /** A letter that was shown did, whatever the mail server said: no second token is made. */
  private static boolean hasArrived(StoredInvite known) {
    return known.sent() || known.claimedBy() != null;
  }

  /** Somebody who shows the letter of before meanwhile keeps what he has: no other goes out. */
  private Future<String> write(Invitation to, InviteRows.Seen seen) {
    byte[] raw = new byte[TOKEN_BYTES];
    random.nextBytes(raw);
    Bytes token = Bytes.wrap(raw);
    StoredInvite row =
        new StoredInvite(
            to.inviter(), Hash.of(token), false, to.expiryMillis(), null, to.address());
    return rows.put(seen, row)
        .compose(v -> post.send(letter(to, token)))
        .compose(
            place ->
                rows.sent(to.room(), to.index(), row.tokenHash())
                    .map(place == Post.Place.SENT ? "sent" : "kept"))
        .recover(
            failure ->
                InviteRows.isConflict(failure)
                    ? overtaken(to)
                    : Future.succeededFuture(failed(failure)));
  }

  private Future<String> overtaken(Invitation to) {
    return rows.get(to.room(), to.index())
        .map(known -> known.filter(InviteLetters::hasArrived).isPresent() ? "sent" : "failed")
        .otherwise(InviteLetters::failed);
  }

  private static String failed(Throwable failure) {
    // The text of a failure may name the address.
    LOG.warn("a letter could not be sent: {}", failure.getClass().getSimpleName());
    return "failed";
  }

  private Letter letter(Invitation to, Bytes token) {
    Bytes fragment =
        new ByteWriter(RoomId.SIZE + 4 + TOKEN_BYTES)
            .bytes(to.room().toBytes())
            .u32(to.index())
            .bytes(token)
            .toBytes();
    String link = server.resolve("/invite") + "#" + fragment.toBase64Url();
    String text =
        (to.login() + " invites you to a safe on " + server + ".\n\n")
            + (link + "\n\n")
            + "If you have no account there, make one, once, and accept: zamok safe --server "
            + (server + " --login NAME --register accept '" + link + "'\n")
            + "If you have one: zamok safe --server "
            + (server + " --login NAME accept '" + link + "'\n\n")
            + "You need a code that comes to you another way. Compare the server's certificate with"
            + " what its administrator says.\n"
            + ("The invitation ends on " + TIME.format(Instant.ofEpochMilli(to.expiryMillis())))
            + ". If you do not expect it, do nothing.\n";
    return new Letter(to.address(), "An invitation to a safe", text);
  }
}
