/** The sealed file: a safe under a password, without loss. */
@NullMarked
package dev.zamok.secrets.sealed;

import org.jspecify.annotations.NullMarked;
