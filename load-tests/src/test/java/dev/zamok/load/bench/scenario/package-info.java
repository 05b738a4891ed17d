/** Tests of how scenarios are run. */
@NullMarked
package dev.zamok.load.bench.scenario;

import org.jspecify.annotations.NullMarked;
