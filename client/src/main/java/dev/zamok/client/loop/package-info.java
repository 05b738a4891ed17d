/** The one thread of a client and its timers. */
@NullMarked
package dev.zamok.client.loop;

import org.jspecify.annotations.NullMarked;
