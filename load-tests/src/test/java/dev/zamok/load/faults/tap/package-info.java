/**
 * A relay between a process and its servers that reads along: it lets through, holds, swallows or
 * changes what passes, and springs traps at an exact message.
 */
@NullMarked
package dev.zamok.load.faults.tap;

import org.jspecify.annotations.NullMarked;
