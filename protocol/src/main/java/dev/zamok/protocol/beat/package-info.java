/** By which authorities know the hubs of their deployment. */
@NullMarked
package dev.zamok.protocol.beat;

import org.jspecify.annotations.NullMarked;
