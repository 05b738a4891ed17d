/** Cassandra nodes as processes of this machine. */
@NullMarked
package dev.zamok.cluster.cassandra;

import org.jspecify.annotations.NullMarked;
