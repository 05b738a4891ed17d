/** Tickets: what a client may do at the hub for some minutes. */
@NullMarked
package dev.zamok.authority.ticket;

import org.jspecify.annotations.NullMarked;
