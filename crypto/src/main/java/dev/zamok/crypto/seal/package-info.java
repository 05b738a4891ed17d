/** Authenticated encryption: suites 01 and 02. */
@NullMarked
package dev.zamok.crypto.seal;

import org.jspecify.annotations.NullMarked;
