/** The 1PUX archives of 1Password. */
@NullMarked
package dev.zamok.secrets.onepassword;

import org.jspecify.annotations.NullMarked;
