/** Who follows what, and how they are called: shared by the implementations of the log. */
@NullMarked
package dev.zamok.roomlog.follow;

import org.jspecify.annotations.NullMarked;
