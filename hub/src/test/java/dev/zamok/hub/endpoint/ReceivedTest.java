package dev.zamok.hub.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ReceivedTest {
  private final Received received = new Received();
  private final EmbeddedChannel channel = new EmbeddedChannel(received);

  @Test
  void aFloodAfterARefusalIsThrownAway() {
    channel.writeInbound(bytes(100));
    received.drop();
    ByteBuf flood = bytes(1 << 20);
    channel.writeInbound(flood);
    assertThat(flood.refCnt()).isZero();
    assertThat(received.take().readableBytes()).isZero();
    assertThat(channel.isOpen()).as("the answer is still to be read").isTrue();
  }

  @Test
  void aRequestThatNeverComesToItsPointIsCutOff() {
    for (int i = 0; i < 3 && channel.isOpen(); i++) {
      channel.writeInbound(bytes(8_000));
    }
    assertThat(channel.isOpen()).isFalse();
    channel.releaseInbound();
  }

  @Test
  void whatIsWithheldIsHandedOverWhole() {
    channel.writeInbound(bytes(100));
    received.withhold();
    channel.writeInbound(bytes(50_000));
    ByteBuf all = received.take();
    assertThat(all.readableBytes()).isEqualTo(50_100);
    all.release();
    channel.releaseInbound();
  }

  private static ByteBuf bytes(int size) {
    return Unpooled.buffer(size).writeZero(size);
  }
}
