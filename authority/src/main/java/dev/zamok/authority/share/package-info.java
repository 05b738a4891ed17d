/** The authority's shares of epoch keys, for those who may have them. */
@NullMarked
package dev.zamok.authority.share;

import org.jspecify.annotations.NullMarked;
