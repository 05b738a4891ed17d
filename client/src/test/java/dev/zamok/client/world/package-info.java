/** A small world to test clients in: an authority and a hub in memory, and time at will. */
@NullMarked
package dev.zamok.client.world;

import org.jspecify.annotations.NullMarked;
