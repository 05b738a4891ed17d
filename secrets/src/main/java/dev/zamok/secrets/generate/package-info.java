/** Passwords and passphrases from a random source that is handed in. */
@NullMarked
package dev.zamok.secrets.generate;

import org.jspecify.annotations.NullMarked;
