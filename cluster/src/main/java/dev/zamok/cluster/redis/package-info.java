/** Redis servers and sentinels as processes of one machine. */
@NullMarked
package dev.zamok.cluster.redis;

import org.jspecify.annotations.NullMarked;
