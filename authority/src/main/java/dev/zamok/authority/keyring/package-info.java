/** The keys that rows are sealed under, and the server's own secrets, which are sealed rows. */
@NullMarked
package dev.zamok.authority.keyring;

import org.jspecify.annotations.NullMarked;
