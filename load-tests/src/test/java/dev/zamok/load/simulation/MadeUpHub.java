package dev.zamok.load.simulation;

import dev.zamok.load.audit.Audit;
import dev.zamok.load.audit.Recording;
import dev.zamok.load.audit.Removal;
import dev.zamok.load.audit.Verdict;
import dev.zamok.load.socket.Envelope;
import dev.zamok.load.socket.Pass;
import dev.zamok.load.socket.SocketUser;
import dev.zamok.load.traffic.HistoryPages;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import io.gatling.http.action.ws.WsInboundMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A hub of one room that keeps its promises until a test makes it break one. Its frames take the
 * way that they take in a simulation: as bytes, in Gatling's messages, to the users.
 */
final class MadeUpHub {
  static final RoomId ROOM = new RoomId(0x01abababababababL, 7);
  static final String ANN = "ann";
  static final String BEN = "ben";
  static final String CLEO = "cleo";

  /** What the log holds, and so history. */
  final List<Entry> log = new ArrayList<>();

  private final Map<String, SocketUser> users = new LinkedHashMap<>();
  private final List<String> removed = new ArrayList<>();
  private final List<Removal> removals = new ArrayList<>();

  MadeUpHub() {
    append(EntryKind.MEMBER, MemberTag.NONE, new MessageId(9, 1), Bytes.wrap(new byte[] {1}));
    int number = 0;
    for (String name : List.of(ANN, BEN, CLEO)) {
      Pass pass = new Pass(name, ++number, ROOM, new MemberTag(number), "ticket", 1);
      SocketUser user =
          new SocketUser(
              pass,
              (from, to) ->
                  CompletableFuture.completedFuture(
                      log.stream()
                          .filter(e -> e.position().isAfter(from) && !e.position().isAfter(to))
                          .toList()));
      users.put(name, user);
      user.hello();
      join(name, HubFrame.Recovery.INCOMPLETE);
    }
  }

  SocketUser user(String name) {
    return users.get(name);
  }

  /** Answers a JOIN. */
  void join(String name, HubFrame.Recovery recovery) {
    user(name).join();
    send(
        name,
        new HubFrame.Joined(
            ROOM, log.get(log.size() - 1).position(), recovery, 1, List.of(), users.size()));
  }

  /** Over Gatling's messages. */
  void send(String name, HubFrame frame) {
    byte[] bytes = HubFrames.encode(frame).toByteArray();
    Sockets.take(List.of(new WsInboundMessage.Binary(0, bytes)), user(name));
  }

  /** Logged, acknowledged, and sent to everybody who is in. */
  Entry say(String name, String words) {
    return sayTo(List.copyOf(users.keySet()), name, words);
  }

  /** Logged and acknowledged, and sent to these alone, if they are in. */
  Entry sayTo(List<String> names, String name, String words) {
    user(name).compose(words, 64);
    ClientFrame.Publish publish = published(name);
    Entry entry = append(EntryKind.MESSAGE, tag(name), publish.id(), publish.envelope());
    send(name, new HubFrame.Ack(ROOM, entry.id(), entry.position()));
    names.stream().filter(to -> !removed.contains(to)).forEach(to -> send(to, entry));
    return entry;
  }

  private ClientFrame.Publish published(String name) {
    return (ClientFrame.Publish) ClientFrames.decode(Bytes.wrap(user(name).publish()));
  }

  /** Of the message that has no answer. */
  MessageId idOf(String name) {
    return published(name).id();
  }

  void refuse(String name, MessageId id, ErrorCode code) {
    send(name, new HubFrame.Reject(HubFrame.Request.PUBLISH, ROOM, id, code, 0));
  }

  void send(String name, Entry entry) {
    send(name, new HubFrame.Entry(entry));
  }

  /** Shut out: everybody is told, the leaver too, who gets nothing after it. */
  void remove(String name) {
    Bytes body = new ByteWriter().u64(tag(name).value()).u32(2).toBytes();
    Entry entry = append(EntryKind.EVICT, MemberTag.NONE, new MessageId(9, 2), body);
    users.keySet().forEach(to -> send(to, entry));
    removed.add(name);
    removals.add(new Removal(ROOM, tag(name), System.nanoTime()));
  }

  private static MemberTag tag(String name) {
    return new MemberTag(List.of(ANN, BEN, CLEO).indexOf(name) + 1);
  }

  /** Into the log alone. */
  Entry append(EntryKind kind, MemberTag tag, MessageId id, Bytes body) {
    int n = log.size() + 1;
    Position previous = n == 1 ? Position.ZERO : Position.of(1, n - 1);
    Entry entry = new Entry(ROOM, Position.of(1, n), previous, n, kind, tag, 1, id, body);
    log.add(entry);
    return entry;
  }

  Recording recording() {
    return new Recording(
        users.values().stream().map(SocketUser::seat).toList(),
        Map.of(ROOM, HistoryPages.history(ROOM, log, e -> Envelope.words(e.body()))),
        removals,
        List.of(),
        true);
  }

  Verdict verdict() {
    return Audit.of(recording());
  }
}
