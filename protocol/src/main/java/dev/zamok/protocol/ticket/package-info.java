/**
 * Tickets: what the authority tells the hub about one connection, as a JWT (RFC 7519) under keys of
 * a JWK set (RFC 7517).
 */
@NullMarked
package dev.zamok.protocol.ticket;

import org.jspecify.annotations.NullMarked;
