/**
 * Steady encrypted traffic through the real client library, observed for the delivery audit. What
 * is here blocks: it belongs to tests and to a command of its own, never to a server.
 */
@NullMarked
package dev.zamok.load.traffic;

import org.jspecify.annotations.NullMarked;
