/** Safes: secrets that no server can read. Callers never see a key. */
@NullMarked
package dev.zamok.client.safe;

import org.jspecify.annotations.NullMarked;
