package dev.zamok.hub.admission;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.ticket.Grant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Admitted frames without a gate, for tests of what lies behind it. */
public final class TestFrames {
  private TestFrames() {}

  public static AdmittedFrame.Join join(Grant grant, @Nullable Position after) {
    ClientFrame.Join.Request request = new ClientFrame.Join.Request(grant.room(), after, 0);
    return new AdmittedFrame.Join(List.of(new AdmittedFrame.Wanted(request, grant)));
  }

  public static AdmittedFrame.Publish publish(Grant grant, MessageId id, Bytes envelope) {
    RoomId room = grant.room();
    return new AdmittedFrame.Publish(
        new ClientFrame.Publish(room, id, grant.epoch(), envelope), grant);
  }
}
