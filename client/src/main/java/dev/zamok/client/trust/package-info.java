/** How a client decides that it talks to the right server. */
@NullMarked
package dev.zamok.client.trust;

import org.jspecify.annotations.NullMarked;
