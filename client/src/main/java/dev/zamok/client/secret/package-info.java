/** What an item of a safe says: a secret and its codec, specified in {@code SECRET.md}. No I/O. */
@NullMarked
package dev.zamok.client.secret;

import org.jspecify.annotations.NullMarked;
