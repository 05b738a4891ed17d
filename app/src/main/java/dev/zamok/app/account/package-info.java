/** {@code zamok account}: what opens an account. */
@NullMarked
package dev.zamok.app.account;

import org.jspecify.annotations.NullMarked;
