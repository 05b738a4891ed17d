/** The room log of a one-node server: one partition, in the embedded database. */
@NullMarked
package dev.zamok.roomlog.local;

import org.jspecify.annotations.NullMarked;
