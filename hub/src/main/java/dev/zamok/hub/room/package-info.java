/** Rooms of one event loop: joining, fan-out, catch-up, presence. */
@NullMarked
package dev.zamok.hub.room;

import org.jspecify.annotations.NullMarked;
