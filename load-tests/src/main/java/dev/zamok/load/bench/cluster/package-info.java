/** Two hubs on one replicated shard of the log: what passes between them, and at what cost. */
@NullMarked
package dev.zamok.load.bench.cluster;

import org.jspecify.annotations.NullMarked;
