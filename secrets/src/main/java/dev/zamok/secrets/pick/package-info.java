/** One value of a secret, by name. */
@NullMarked
package dev.zamok.secrets.pick;

import org.jspecify.annotations.NullMarked;
