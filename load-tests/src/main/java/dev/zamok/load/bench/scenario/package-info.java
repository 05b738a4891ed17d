/** What is measured. */
@NullMarked
package dev.zamok.load.bench.scenario;

import org.jspecify.annotations.NullMarked;
