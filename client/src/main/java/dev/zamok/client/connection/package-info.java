/** One connection to the hub that survives losses: tickets, heartbeat, reconnects. */
@NullMarked
package dev.zamok.client.connection;

import org.jspecify.annotations.NullMarked;
