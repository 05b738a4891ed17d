/** How long a password withstands guessing. */
@NullMarked
package dev.zamok.secrets.strength;

import org.jspecify.annotations.NullMarked;
