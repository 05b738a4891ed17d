/** The public port: TLS, the HTTP upgrade, RFC 6455 frames, and the relay of other paths. */
@NullMarked
package dev.zamok.hub.endpoint;

import org.jspecify.annotations.NullMarked;
