/** The embedded store. */
@NullMarked
package dev.zamok.authority.store.local;

import org.jspecify.annotations.NullMarked;
