package dev.zamok.client.link;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.frame.HubFrames;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HubLink} over the platform's WebSocket, which takes one frame at a time: the others wait
 * here. State belongs to the loop, but for what {@link Listener} collects, which belongs to the one
 * thread at a time that calls it.
 */
final class WebSocketLink implements HubLink {
  /** What may wait to be sent; a hub that takes nothing for so long is gone. */
  static final int WAITING_BYTES_MAX = 4 << 20;

  private static final int NO_CODE = 1006;
  private static final int NORMAL = 1000;
  private static final int TOO_BIG = 1009;

  private final Executor loop;
  private final Receiver receiver;
  private final Deque<Bytes> waiting = new ArrayDeque<>();
  private @Nullable WebSocket socket;
  private int waitingBytes;
  private boolean sending;
  private boolean ended;

  WebSocketLink(Executor loop, Receiver receiver) {
    this.loop = loop;
    this.receiver = receiver;
  }

  WebSocket.Listener listener() {
    return new Listener();
  }

  void opened(WebSocket opened) {
    socket = opened;
    if (ended) {
      opened.abort();
    } else {
      opened.request(1);
      sendNext();
    }
  }

  @Override
  public void send(Bytes frame) {
    if (ended) {
      return;
    }
    waiting.add(frame);
    waitingBytes += frame.size();
    if (waitingBytes > WAITING_BYTES_MAX) {
      end(NO_CODE);
    } else {
      sendNext();
    }
  }

  private void sendNext() {
    WebSocket current = socket;
    if (current == null || sending || ended) {
      return;
    }
    Bytes frame = waiting.poll();
    if (frame == null) {
      return;
    }
    waitingBytes -= frame.size();
    sending = true;
    CompletableFuture<WebSocket> sent = current.sendBinary(frame.asByteBuffer(), true);
    var unused =
        sent.whenCompleteAsync(
            (ok, failure) -> {
              sending = false;
              if (failure != null) {
                end(NO_CODE);
              } else {
                sendNext();
              }
            },
            loop);
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    WebSocket current = socket;
    if (current == null) {
      return;
    }
    if (sending) {
      current.abort();
      return;
    }
    var unused = current.sendClose(NORMAL, "").whenComplete((ok, failure) -> current.abort());
  }

  private void end(int code) {
    if (ended) {
      return;
    }
    ended = true;
    WebSocket current = socket;
    if (current != null) {
      current.abort();
    }
    receiver.closed(code);
  }

  private void deliver(WebSocket from, Bytes frame) {
    try {
      if (!ended) {
        receiver.received(frame);
      }
    } finally {
      // Only now: what comes in faster than it is worked off waits in TCP, not in memory.
      from.request(1);
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    /** Asks for nothing yet: {@link #opened} does, once the dialer knows the socket. */
    @Override
    public void onOpen(WebSocket opened) {}

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      if (parts.size() + data.remaining() > HubFrames.FRAME_BYTES_MAX) {
        loop.execute(() -> end(TOO_BIG));
        return null;
      }
      byte[] part = new byte[data.remaining()];
      data.get(part);
      parts.write(part, 0, part.length);
      if (!last) {
        from.request(1);
        return null;
      }
      Bytes frame = Bytes.wrap(parts.toByteArray());
      parts.reset();
      loop.execute(() -> deliver(from, frame));
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      loop.execute(() -> end(1003));
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      loop.execute(() -> end(code));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      loop.execute(() -> end(NO_CODE));
    }
  }
}
