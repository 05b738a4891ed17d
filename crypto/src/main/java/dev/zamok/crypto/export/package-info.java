/** Files under a password that leave the system. */
@NullMarked
package dev.zamok.crypto.export;

import org.jspecify.annotations.NullMarked;
