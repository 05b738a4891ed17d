/** Limits, time and the small machines that keep them. */
@NullMarked
package dev.zamok.hub.limit;

import org.jspecify.annotations.NullMarked;
