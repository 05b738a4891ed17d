package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Page;
import dev.zamok.roomlog.RoomLog.Moved;
import dev.zamok.roomlog.RoomState;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the functions answer; each Lua file says how. */
final class Answers {
  private Answers() {}

  static RoomState state(Response answer) {
    Map<MemberTag, Integer> admitted = new HashMap<>();
    for (int i = 6; i + 1 < answer.size(); i += 2) {
      admitted.put(
          MemberTag.of(Bytes.wrap(answer.get(i).toBytes())), answer.get(i + 1).toInteger());
    }
    return new RoomState(
        position(answer, 1),
        answer.get(2).toInteger(),
        answer.get(3).toInteger(),
        position(answer, 4),
        position(answer, 5),
        admitted);
  }

  static Page page(Requests.ReadOf read, Response answer) {
    Position head = position(answer, 1);
    return new Page(
        Coding.entries(read.room(), answer, 5),
        answer.get(3).toInteger() == 1,
        read.after().isAfter(head),
        answer.get(4).toInteger() == 1,
        head,
        position(answer, 2));
  }

  static List<Moved> moved(Response answer) {
    List<Moved> moved = new ArrayList<>();
    for (int i = 3; i + 1 < answer.size(); i += 2) {
      moved.add(new Moved(RoomId.parse(answer.get(i).toString()), position(answer, i + 1)));
    }
    return moved;
  }

  static List<Entry> uncommitted(Response answer) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i + 4 < answer.size(); i += 5) {
      entries.add(Coding.entry(RoomId.parse(answer.get(i).toString()), answer, i + 1));
    }
    return entries;
  }

  private static Position position(Response answer, int index) {
    return Position.parse(answer.get(index).toString());
  }
}
