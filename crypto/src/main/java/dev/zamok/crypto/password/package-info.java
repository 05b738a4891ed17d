/** Password hashing with compiled-in bounds, as PHC strings. */
@NullMarked
package dev.zamok.crypto.password;

import org.jspecify.annotations.NullMarked;
