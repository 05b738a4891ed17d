/** Encrypted items of sealed rooms: their records, kept and never opened. */
@NullMarked
package dev.zamok.authority.item;

import org.jspecify.annotations.NullMarked;
