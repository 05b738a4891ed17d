/** How a node's beats are signed so that authorities know them for fresh. */
@NullMarked
package dev.zamok.roomlog.beat;

import org.jspecify.annotations.NullMarked;
