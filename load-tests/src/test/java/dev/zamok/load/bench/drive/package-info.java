/** Tests of the account. */
@NullMarked
package dev.zamok.load.bench.drive;

import org.jspecify.annotations.NullMarked;
