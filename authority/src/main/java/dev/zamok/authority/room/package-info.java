/** Rooms: what they are, who is in them, and what their changes set off. */
@NullMarked
package dev.zamok.authority.room;

import org.jspecify.annotations.NullMarked;
