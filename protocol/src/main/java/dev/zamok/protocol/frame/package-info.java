/** What travels in the binary WebSocket messages of {@code zamok.v1}; see {@code PROTOCOL.md}. */
@NullMarked
package dev.zamok.protocol.frame;

import org.jspecify.annotations.NullMarked;
