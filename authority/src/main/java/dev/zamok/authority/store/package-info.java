/** Rows that survive: one small interface, sealed before it, drivers one level down. */
@NullMarked
package dev.zamok.authority.store;

import org.jspecify.annotations.NullMarked;
