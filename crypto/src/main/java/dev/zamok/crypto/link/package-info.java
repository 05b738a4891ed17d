/** Handing over one secret by a link. */
@NullMarked
package dev.zamok.crypto.link;

import org.jspecify.annotations.NullMarked;
