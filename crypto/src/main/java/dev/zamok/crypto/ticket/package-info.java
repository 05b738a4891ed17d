/** What tickets need of Bouncy Castle. */
@NullMarked
package dev.zamok.crypto.ticket;

import org.jspecify.annotations.NullMarked;
