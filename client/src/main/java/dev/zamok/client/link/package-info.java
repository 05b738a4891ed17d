/** The WebSocket to a hub, frame by frame. */
@NullMarked
package dev.zamok.client.link;

import org.jspecify.annotations.NullMarked;
