/** The servers under measurement as processes, and what the system says of them. */
@NullMarked
package dev.zamok.load.bench.process;

import org.jspecify.annotations.NullMarked;
