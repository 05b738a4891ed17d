/** One client connection: the endpoint, admission and rooms put together. */
@NullMarked
package dev.zamok.hub.connection;

import org.jspecify.annotations.NullMarked;
