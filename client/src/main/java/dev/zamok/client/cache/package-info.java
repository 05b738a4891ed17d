/** What a client keeps of rooms between runs, sealed under a key of the account. */
@NullMarked
package dev.zamok.client.cache;

import org.jspecify.annotations.NullMarked;
