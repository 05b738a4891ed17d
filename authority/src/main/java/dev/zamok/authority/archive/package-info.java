/** From the log to the store: what is kept of what was said, and how the log stays short. */
@NullMarked
package dev.zamok.authority.archive;

import org.jspecify.annotations.NullMarked;
