package dev.zamok.load.jmh;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Frames with a body of 300 bytes, from bytes and to bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CodecBenchmark {
  private static final RoomId ROOM = new RoomId(1L << 56, 7);
  private static final MessageId ID = new MessageId(1, 2);

  private final Entry entry =
      new Entry(
          ROOM,
          Position.of(3, 5),
          Position.of(3, 4),
          1_700_000_000_000L,
          EntryKind.MESSAGE,
          new MemberTag(9),
          4,
          ID,
          Bytes.wrap(new byte[300]));
  private final Bytes entryFrame = HubFrames.encode(new HubFrame.Entry(entry));
  private final Bytes publishFrame =
      ClientFrames.encode(new ClientFrame.Publish(ROOM, ID, 4, Bytes.wrap(new byte[300])));

  @Benchmark
  public Bytes encodeEntry() {
    return HubFrames.encode(new HubFrame.Entry(entry));
  }

  @Benchmark
  public HubFrame decodeEntry() {
    return HubFrames.decode(entryFrame);
  }

  @Benchmark
  public ClientFrame decodePublish() {
    return ClientFrames.decode(publishFrame);
  }

  @Benchmark
  public Bytes encodeAck() {
    return HubFrames.encode(new HubFrame.Ack(ROOM, ID, entry.position()));
  }
}
