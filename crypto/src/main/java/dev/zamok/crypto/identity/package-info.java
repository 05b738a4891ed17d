/** Who an account is: keys, cards and fingerprints. */
@NullMarked
package dev.zamok.crypto.identity;

import org.jspecify.annotations.NullMarked;
