/** Counters of one hub process. */
@NullMarked
package dev.zamok.hub.metrics;

import org.jspecify.annotations.NullMarked;
