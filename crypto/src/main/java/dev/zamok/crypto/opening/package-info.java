/** What members say that they opened, signed and chained. */
@NullMarked
package dev.zamok.crypto.opening;

import org.jspecify.annotations.NullMarked;
