package dev.zamok.client.safe;

import dev.zamok.client.authority.AuthorityApi;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.HumanCode;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.link.LinkKey;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Single secrets for whoever has a link, with or without an account. Everything that opens one is
 * in the fragment of the link, and in a code that goes another way: the server gets neither.
 * Belongs to the client's loop.
 */
public final class Links {
  /** Of a content, in bytes. */
  public static final int CONTENT_BYTES_MAX = 60_000;

  public static final int VIEWS_MAX = 100;
  public static final Duration LIFE_MAX = Duration.ofDays(30);

  static final String PATH = "/receive";

  private Links() {}

  /**
   * How long and how often a link works.
   *
   * @param withCode whether a code is needed beside the link
   */
  public record Terms(int views, Duration life, boolean withCode) {
    public Terms {
      if (views < 1 || views > VIEWS_MAX) {
        throw new IllegalArgumentException("1 to " + VIEWS_MAX + " views");
      }
      if (life.isNegative() || life.isZero() || life.compareTo(LIFE_MAX) > 0) {
        throw new IllegalArgumentException(
            "a link lives for at most " + LIFE_MAX.toDays() + " days");
      }
    }
  }

  /**
   * What to hand over: link and code over two channels.
   *
   * @param id by which its sender takes it back
   * @param code null where none is needed
   */
  public record Sent(Bytes id, URI link, @Nullable String code) {
    /** Hides both. */
    @Override
    public String toString() {
      return "Sent[]";
    }
  }

  /** What a link held, and how often it can still be opened. */
  public record Received(Bytes content, int viewsLeft) {
    @Override
    public String toString() {
      return "Received[" + viewsLeft + "]";
    }
  }

  /** Who sends. */
  record Sender(SessionApi authority, URI server, SecureRandom random, long nowMillis) {}

  static CompletableFuture<Sent> send(Sender by, Bytes content, Terms terms) {
    if (content.size() > CONTENT_BYTES_MAX) {
      throw ClientProblem.refused(
          Kind.REFUSED, "item-invalid", "too large for a link: share it in a safe", 0);
    }
    LinkKey key = LinkKey.generate(terms.withCode(), by.random());
    SecretBytes code = terms.withCode() ? LinkKey.code(by.random()) : null;
    Hash tokenHash = Hash.of(Bytes.wrap(key.token(code).toByteArray()));
    SessionApi.NewLink link =
        new SessionApi.NewLink(
            tokenHash,
            terms.views(),
            by.nowMillis() + terms.life().toMillis() - 1,
            key.seal(code, content, by.random()));
    URI url = by.server().resolve(PATH + "#" + key.toFragment());
    String text = code == null ? null : HumanCode.toText(code);
    return by.authority().putLink(key.id(), link).thenApply(done -> new Sent(key.id(), url, text));
  }

  /**
   * Takes what a link holds, which uses up a view. Fails with {@code REFUSED} ({@code not-found})
   * when it is gone, {@code not-a-link}, {@code code-needed}), with {@code NOT_ALLOWED} for a wrong
   * code.
   *
   * @param link of the authority, whatever server it names
   */
  public static CompletableFuture<Received> receive(
      AuthorityApi authority, SecretLink link, @Nullable String code) {
    LinkKey key = link.key();
    if (key.needsCode() != (code != null)) {
      throw refused("code-needed", key.needsCode() ? "a code is needed" : "no code is needed");
    }
    SecretBytes typed = code == null ? null : code(code);
    return authority
        .openLink(key.id(), key.token(typed))
        .thenApply(
            opened -> {
              try {
                return new Received(key.open(typed, opened.sealed()), opened.viewsLeft());
              } catch (CryptoFailure e) {
                throw ClientProblem.tampered("what the link holds is not what was sent");
              }
            });
  }

  private static SecretBytes code(String text) {
    try {
      return HumanCode.parse(text);
    } catch (MalformedException e) {
      throw refused("code-needed", "that is no code: look for a typing mistake");
    }
  }

  static ClientProblem refused(String name, String text) {
    return ClientProblem.refused(Kind.REFUSED, name, text, 0);
  }
}
