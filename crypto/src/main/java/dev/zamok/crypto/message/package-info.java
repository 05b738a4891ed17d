/** Messages and signals as members seal them. */
@NullMarked
package dev.zamok.crypto.message;

import org.jspecify.annotations.NullMarked;
