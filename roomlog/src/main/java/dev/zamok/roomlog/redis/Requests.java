package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.RestoredRoom;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Calls of the functions; each Lua file says what its arguments are. */
final class Requests {
  private static final Command SSUBSCRIBE = Command.SSUBSCRIBE;
  private static final Command SUNSUBSCRIBE = Command.SUNSUBSCRIBE;
  private static final byte[] NOTHING = new byte[0];

  private final Keys keys;
  private final RedisLogConfig.Bounds bounds;

  Requests(Keys keys, RedisLogConfig.Bounds bounds) {
    this.keys = keys;
    this.bounds = bounds;
  }

  Duration answerMax() {
    return bounds.answerMax();
  }

  Keys keys() {
    return keys;
  }

  private Request call(String function, int partition) {
    return Request.cmd(Command.FCALL)
        .arg(Functions.named(function))
        .arg(1)
        .arg(keys.partition(partition));
  }

  Request append(int partition, int generation, boolean overloaded, List<Op.Entry> entries) {
    Request request =
        call("append", partition)
            .arg(generation)
            .arg(overloaded ? 1 : 0)
            .arg(bounds.backlogBytesMax())
            .arg(bounds.uncommittedMax());
    for (Op.Entry op : entries) {
      add(request, op.append());
    }
    return request;
  }

  private static void add(Request request, Append append) {
    boolean member = !append.kind().isAuthority() && !append.tag().equals(MemberTag.NONE);
    Append.Control control = append.control();
    request
        .arg(append.room().toString())
        .arg(append.kind().code())
        .arg(Coding.key(append.tag(), append.id()))
        .arg(member ? Integer.toString(append.memberVersion()) : "-")
        .arg(append.epoch());
    if (control == null) {
      request.arg(NOTHING).arg(NOTHING);
    } else {
      request.arg(
          control.leaseToken()
              + " "
              + control.expectedEpoch()
              + " "
              + control.minEpoch()
              + " "
              + control.evictBelow());
      request.arg(
          append.kind() == EntryKind.EVICT ? control.evictTag().toBytes().toByteArray() : NOTHING);
    }
    request.arg(
        Coding.blob(append.kind(), append.tag(), append.epoch(), append.id(), append.body()));
  }

  Request commit(int partition, long generation, long counter) {
    return call("commit", partition).arg(generation).arg(counter);
  }

  Request open(int partition, int generation, long counter) {
    return call("open", partition).arg(generation).arg(counter);
  }

  Request confirm(int partition, long generation) {
    return call("confirm", partition).arg(generation);
  }

  Request barrier(int partition, int generation) {
    return call("barrier", partition).arg(generation);
  }

  Request claim(Claim claim, int partition, int generation) {
    return call("claim", partition)
        .arg(generation)
        .arg(claim.token())
        .arg(claim.floor().toString())
        .arg(claim.stored() ? 1 : 0)
        .arg(claim.vouched() ? 1 : 0);
  }

  /**
   * What {@code claim} is asked for.
   *
   * @param vouched nothing that the store knows is after the floor
   */
  record Claim(long token, Position floor, boolean stored, boolean vouched) {}

  Request stored(int partition, int generation, long token, List<Position> entries) {
    Request request = call("stored", partition).arg(generation).arg(token);
    entries.forEach(position -> request.arg(position.toString()));
    return request;
  }

  Request uncommitted(int partition, int generation, int max) {
    return call("uncommitted", partition).arg(generation).arg(max);
  }

  Request openRoom(int partition, int generation, RoomId room, int epoch) {
    return call("openroom", partition).arg(generation).arg(room.toString()).arg(epoch);
  }

  Request restore(int partition, int generation, long token, RestoredRoom room) {
    Request request =
        call("restore", partition)
            .arg(generation)
            .arg(token)
            .arg(room.room().toString())
            .arg(room.head().toString())
            .arg(room.epoch())
            .arg(room.minEpoch())
            .arg(room.archived().toString());
    Entry rekey = room.rekey();
    if (rekey == null) {
      request.arg(NOTHING).arg(NOTHING).arg(NOTHING).arg(NOTHING);
    } else {
      request
          .arg(rekey.position().toString())
          .arg(rekey.previous().toString())
          .arg(rekey.timeMillis())
          .arg(Coding.blob(rekey.kind(), rekey.tag(), rekey.epoch(), rekey.id(), rekey.body()));
    }
    for (Map.Entry<MemberTag, Integer> below : room.admitted().entrySet()) {
      request.arg(below.getKey().toBytes().toByteArray()).arg(below.getValue().intValue());
    }
    return request;
  }

  Request restored(int partition, int generation, long token, int restore) {
    return call("restored", partition).arg(generation).arg(token).arg(restore);
  }

  Request restoring(int partition, int generation) {
    return call("restoring", partition).arg(generation);
  }

  Request archived(int partition, int generation, long token, RoomId room, Position upTo) {
    return call("archived", partition)
        .arg(generation)
        .arg(token)
        .arg(room.toString())
        .arg(upTo.toString());
  }

  Request trim(Trim trim, int partition, int generation) {
    return call("trim", partition)
        .arg(generation)
        .arg(trim.token())
        .arg(trim.room().toString())
        .arg(trim.cut().toString())
        .arg(trim.unarchived() ? 1 : 0);
  }

  /** What {@code trim} is asked for, as often as there is more. */
  record Trim(long token, RoomId room, Position cut, boolean unarchived) {}

  Request state(int partition, int generation, RoomId room) {
    return call("state", partition).arg(generation).arg(room.toString());
  }

  Request read(ReadOf read, int partition, int generation) {
    return call("read", partition)
        .arg(generation)
        .arg(read.room().toString())
        .arg(read.after().toString())
        .arg(read.entriesMax())
        .arg(read.bytesMax());
  }

  /** What {@code read} is asked for. */
  record ReadOf(RoomId room, Position after, int entriesMax, int bytesMax) {}

  Request rekeys(int partition, int generation, RoomId room, int afterEpoch, int max) {
    return call("rekeys", partition).arg(generation).arg(room.toString()).arg(afterEpoch).arg(max);
  }

  Request moved(int partition, int generation, Position after, int max) {
    return call("moved", partition).arg(generation).arg(after.toString()).arg(max);
  }

  Request heads(int partition, int generation, List<RoomId> rooms) {
    Request request = call("heads", partition).arg(generation);
    rooms.forEach(room -> request.arg(room.toString()));
    return request;
  }

  Request publish(String channel, byte[] message) {
    return Request.cmd(Command.FCALL).arg(Functions.named("tell")).arg(0).arg(channel).arg(message);
  }

  Request subscribe(List<String> channels) {
    Request request = Request.cmd(SSUBSCRIBE);
    channels.forEach(request::arg);
    return request;
  }

  Request unsubscribe(String channel) {
    return Request.cmd(SUNSUBSCRIBE).arg(channel);
  }

  static Request wait(int replicas, Duration limit) {
    return Request.cmd(Command.WAIT).arg(replicas).arg(limit.toMillis());
  }
}
