/** The keys of a room: chain, secrets, epochs. */
@NullMarked
package dev.zamok.client.key;

import org.jspecify.annotations.NullMarked;
