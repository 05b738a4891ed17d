/** {@code zamok bench safe}: how long large safes take. */
@NullMarked
package dev.zamok.load.bench.safe;

import org.jspecify.annotations.NullMarked;
