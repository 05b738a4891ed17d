/** Tests of what is read from the system. */
@NullMarked
package dev.zamok.load.bench.process;

import org.jspecify.annotations.NullMarked;
