/** Encrypted, versioned documents of a room. */
@NullMarked
package dev.zamok.crypto.item;

import org.jspecify.annotations.NullMarked;
