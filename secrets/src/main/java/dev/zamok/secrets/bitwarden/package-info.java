/** The JSON of Bitwarden, in and out. */
@NullMarked
package dev.zamok.secrets.bitwarden;

import org.jspecify.annotations.NullMarked;
