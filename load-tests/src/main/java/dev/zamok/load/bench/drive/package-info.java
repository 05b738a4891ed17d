/** Who sends what when, and the account of what arrived. */
@NullMarked
package dev.zamok.load.bench.drive;

import org.jspecify.annotations.NullMarked;
