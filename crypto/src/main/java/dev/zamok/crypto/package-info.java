/**
 * The shared ground of every construction: secrets, contexts, hashing, key derivation and the one
 * failure.
 */
@NullMarked
package dev.zamok.crypto;

import org.jspecify.annotations.NullMarked;
