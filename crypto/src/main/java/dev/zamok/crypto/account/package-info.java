/** The keyset of an account and what unlocks it. */
@NullMarked
package dev.zamok.crypto.account;

import org.jspecify.annotations.NullMarked;
