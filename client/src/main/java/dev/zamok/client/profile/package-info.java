/** What a client remembers between runs: pins, counters, and a device's half of a key. */
@NullMarked
package dev.zamok.client.profile;

import org.jspecify.annotations.NullMarked;
