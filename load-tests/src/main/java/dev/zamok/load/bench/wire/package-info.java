/** The load generator's connections: raw WebSockets on one event loop. */
@NullMarked
package dev.zamok.load.bench.wire;

import org.jspecify.annotations.NullMarked;
