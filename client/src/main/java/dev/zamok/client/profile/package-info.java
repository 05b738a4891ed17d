/** What a client remembers between runs: pins and counters, never a key or a password. */
@NullMarked
package dev.zamok.client.profile;

import org.jspecify.annotations.NullMarked;
