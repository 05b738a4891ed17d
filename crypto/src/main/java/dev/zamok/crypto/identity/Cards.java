package dev.zamok.crypto.identity;

import org.jspecify.annotations.Nullable;

/** Where verifiers look up the cards of authors. Answers from memory: it must not block. */
@FunctionalInterface
public interface Cards {
  /** The card with this fingerprint, or null when it is not known. */
  @Nullable Card byFingerprint(Fingerprint fingerprint);
}
