/** The two servers that are compared, started with their real commands. */
@NullMarked
package dev.zamok.load.bench.server;

import org.jspecify.annotations.NullMarked;
