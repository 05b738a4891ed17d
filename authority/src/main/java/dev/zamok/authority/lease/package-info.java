/** Which authority is in charge of which partition of the log, and which authorities live. */
@NullMarked
package dev.zamok.authority.lease;

import org.jspecify.annotations.NullMarked;
