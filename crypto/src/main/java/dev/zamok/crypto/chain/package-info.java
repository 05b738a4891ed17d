/** The signed membership log of a sealed room and its verifier. */
@NullMarked
package dev.zamok.crypto.chain;

import org.jspecify.annotations.NullMarked;
