/** The benchmark's own account must be right before anybody believes a figure. */
@NullMarked
package dev.zamok.load.bench;

import org.jspecify.annotations.NullMarked;
