package dev.zamok.load.traffic;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.link.HubLink;
import dev.zamok.client.link.WebSocketDialer;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A member's ticket for one room, taken while it was good, and used without the client library: by
 * somebody who does not give up when he is removed. Blocks.
 */
public final class LiveTicket {
  private static final Bytes ENVELOPE = Bytes.wrap(new byte[128]);

  private final RoomId room;
  private final Member holder;
  private final RawSession session;
  private final Answers.Ticket ticket;

  LiveTicket(RoomId room, Member holder) {
    this.room = room;
    this.holder = holder;
    this.session = new RawSession(holder.login());
    this.ticket = Waiting.get(session.api().ticket(null, List.of(room)), Member.ANSWER_MAX);
  }

  RoomId room() {
    return room;
  }

  Member holder() {
    return holder;
  }

  /** What a hub did about it. */
  public enum Use {
    /** It let him into the room, or took what he said, or sent him something of it. */
    LET_IN,
    /** It refused all of it as it does to somebody who is out. */
    SHUT_OUT,
    /** It refused something for another reason, which may be over soon. */
    REFUSED,
    /** It did not answer, or ended the connection before it had. */
    NO_ANSWER
  }

  /** Connects and joins. */
  public Use joinAt(URI hub, Duration limit) {
    return use(hub, limit, false);
  }

  /** Connects, joins, and says something that nobody can open. */
  public Use useAt(URI hub, Duration limit) {
    return use(hub, limit, true);
  }

  /** Whether he would get another one for the room; not from an authority that gives none now. */
  public boolean isRenewed() {
    try {
      return !Waiting.get(session.api().ticket(null, List.of(room)), Member.ANSWER_MAX)
          .rooms()
          .isEmpty();
    } catch (ClientProblem problem) {
      if (problem.isLoud()) {
        throw problem;
      }
      return false;
    }
  }

  private Use use(URI hub, Duration limit, boolean publish) {
    ExecutorService loop = Executors.newSingleThreadExecutor();
    try {
      MessageId id = new MessageId(ThreadLocalRandom.current().nextLong(), 1);
      Hearing heard = new Hearing(room, publish ? id : null);
      HubLink link =
          Waiting.get(new WebSocketDialer(session.http(), loop, limit).dial(hub, heard), limit);
      int epoch = ticket.rooms().get(0).epoch();
      List<ClientFrame> said =
          List.of(
              new ClientFrame.Hello(ticket.ticket()),
              new ClientFrame.Join(List.of(new ClientFrame.Join.Request(room, null, epoch))),
              new ClientFrame.Publish(room, id, epoch, ENVELOPE));
      said.subList(0, publish ? 3 : 2).forEach(frame -> link.send(ClientFrames.encode(frame)));
      Waiting.until(heard::isDecided, limit);
      link.close();
      return heard.use();
    } finally {
      loop.shutdownNow();
    }
  }
}
