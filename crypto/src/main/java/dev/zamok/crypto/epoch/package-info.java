/** The key schedule: shares, epoch keys and the rekeys that switch them. */
@NullMarked
package dev.zamok.crypto.epoch;

import org.jspecify.annotations.NullMarked;
