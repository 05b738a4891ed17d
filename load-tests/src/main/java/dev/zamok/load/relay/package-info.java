/** A TCP relay with many source addresses: load that comes from more than one address. */
@NullMarked
package dev.zamok.load.relay;

import org.jspecify.annotations.NullMarked;
