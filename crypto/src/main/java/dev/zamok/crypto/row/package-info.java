/** Sealing of database rows and blind look-ups. */
@NullMarked
package dev.zamok.crypto.row;

import org.jspecify.annotations.NullMarked;
