/** The embedded database file that the local log and the embedded store share. */
@NullMarked
package dev.zamok.roomlog.sqlite;

import org.jspecify.annotations.NullMarked;
