package dev.zamok.client.safe;

import java.net.URI;

/**
 * An invitation as its maker sees it once: the link may go by mail, the code goes over another
 * channel.
 *
 * @param letter what became of the letter: {@code none}, {@code sent}, {@code kept} (a file at the
 *     server) or {@code failed}
 */
public record Invitation(int index, URI link, String code, String letter) {
  /** Hides the code. */
  @Override
  public String toString() {
    return "Invitation[" + index + "]";
  }
}
