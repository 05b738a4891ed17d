package dev.zamok.client.link;

import dev.zamok.protocol.Bytes;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** One open WebSocket to a hub. One message is one frame. Use it on the client's loop. */
public interface HubLink {
  /** Queues a frame; frames keep their order. What cannot be sent any more is dropped. */
  void send(Bytes frame);

  /** Ends the link; the receiver hears nothing more. Idempotent. */
  void close();

  /** Opens links. */
  @FunctionalInterface
  interface Dialer {
    /**
     * Connects to {@code hub}, {@code wss://…}; completes and calls {@code receiver} on the
     * client's loop. Fails with {@link dev.zamok.client.problem.ClientProblem}.
     */
    CompletableFuture<HubLink> dial(URI hub, Receiver receiver);
  }

  /** Hears what comes in, on the client's loop. */
  interface Receiver {
    void received(Bytes frame);

    /**
     * The link has ended.
     *
     * @param code of RFC 6455 §7.4, 1006 when there was none
     */
    void closed(int code);
  }
}
