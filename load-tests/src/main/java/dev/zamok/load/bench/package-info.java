/** {@code ./zamok bench}: what the hub does for a second of processor time, as a ratio. */
@NullMarked
package dev.zamok.load.bench;

import org.jspecify.annotations.NullMarked;
