/** The HTTP API of the authority, typed. */
@NullMarked
package dev.zamok.client.authority;

import org.jspecify.annotations.NullMarked;
