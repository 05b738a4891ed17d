/**
 * Clients of the hub without the client library: what they say and hear by {@code zamok.v1}, for
 * load generators that bring their own sockets. Their envelopes hold plain words where ciphertext
 * belongs: a hub cannot tell the difference.
 */
@NullMarked
package dev.zamok.load.socket;

import org.jspecify.annotations.NullMarked;
