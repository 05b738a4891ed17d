package dev.zamok.authority.letter;

import io.vertx.core.Future;

/** Takes letters to where people read them. */
public interface Post {
  /** Where a letter went. */
  enum Place {
    /** To a mail server. */
    SENT,
    /** Into a file, for the administrator to pass on. */
    KEPT
  }

  /** Fails when no mail server took it. */
  Future<Place> send(Letter letter);

  Future<Void> close();
}
