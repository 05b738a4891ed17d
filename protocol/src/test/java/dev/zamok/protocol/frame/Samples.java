package dev.zamok.protocol.frame;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** At least one frame of each kind, and of each shape a kind can take. */
final class Samples {
  static final RoomId MANAGED = RoomId.of(Bytes.fromHex("01a1a2a3a4a5a6a7a8a9aaabacadaeaf"));
  static final RoomId SEALED = RoomId.of(Bytes.fromHex("02b1b2b3b4b5b6b7b8b9babbbcbdbebf"));
  static final MessageId ID = MessageId.of(Bytes.fromHex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"));
  static final MemberTag TAG = MemberTag.of(Bytes.fromHex("d0d1d2d3d4d5d6d7"));
  static final MemberTag OTHER = MemberTag.of(Bytes.fromHex("e0e1e2e3e4e5e6e7"));
  static final long TIME = 1_767_225_600_123L;

  private Samples() {}

  static Bytes fill(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 0x5a);
    return Bytes.wrap(bytes);
  }

  static List<ClientFrame> client() {
    return List.of(
        new ClientFrame.Hello("e30.e30.AAAA"),
        new ClientFrame.Join(List.of(new ClientFrame.Join.Request(MANAGED, null, 0))),
        new ClientFrame.Join(
            List.of(
                new ClientFrame.Join.Request(MANAGED, Position.of(3, 41), 7),
                new ClientFrame.Join.Request(SEALED, Position.ZERO, 0))),
        new ClientFrame.Leave(SEALED),
        new ClientFrame.Publish(MANAGED, ID, 7, Bytes.fromHex("010203")),
        new ClientFrame.Signal(SEALED, Bytes.fromHex("ff")),
        new ClientFrame.Renew("e30.e30.BBBB"),
        new ClientFrame.Ping(0xfedcba9876543210L));
  }

  static List<HubFrame> hub() {
    List<HubFrame> all = new ArrayList<>(hubShapes());
    for (ErrorCode code : ErrorCode.values()) {
      all.add(reject(HubFrame.Request.PUBLISH, code));
    }
    return all;
  }

  private static List<HubFrame> hubShapes() {
    return List.of(
        new HubFrame.Welcome(
            new ConnectionId(1, 2), new HubFrame.Limits(65_536, 512, 20, 100, 25), TIME),
        joined(HubFrame.Recovery.INCOMPLETE, List.of()),
        joined(HubFrame.Recovery.COMPLETE, List.of(Bytes.fromHex("0a0b"), Bytes.fromHex("0c"))),
        joined(HubFrame.Recovery.LOST, List.of()),
        new HubFrame.Entry(entry(EntryKind.MESSAGE, TAG, Bytes.fromHex("0102"))),
        new HubFrame.Entry(entry(EntryKind.REKEY, MemberTag.NONE, Bytes.fromHex("03"))),
        new HubFrame.Entry(entry(EntryKind.ANNOUNCE, MemberTag.NONE, Bytes.fromHex("04"))),
        new HubFrame.Entry(entry(EntryKind.CLOSE, MemberTag.NONE, Bytes.EMPTY)),
        new HubFrame.Entry(
            entry(EntryKind.EVICT, MemberTag.NONE, Bytes.fromHex("d0d1d2d3d4d5d6d700000005"))),
        new HubFrame.Entry(entry(EntryKind.MEMBER, MemberTag.NONE, Bytes.EMPTY)),
        new HubFrame.Entry(entry(EntryKind.ITEM, TAG, Bytes.fromHex("05"))),
        new HubFrame.Ack(MANAGED, ID, Position.of(3, 42)),
        reject(HubFrame.Request.JOIN, ErrorCode.UNKNOWN_ROOM),
        reject(HubFrame.Request.SIGNAL, ErrorCode.RATE_LIMITED),
        reject(HubFrame.Request.TICKET, ErrorCode.TICKET_INVALID),
        new HubFrame.Signal(SEALED, TAG, Position.of(3, 42), Bytes.fromHex("fe")),
        new HubFrame.Gap(MANAGED, Position.of(3, 42), Position.of(4, 43)),
        new HubFrame.Evicted(SEALED, ErrorCode.EVICTED),
        new HubFrame.Presence(MANAGED, 3, List.of(TAG, OTHER)),
        new HubFrame.Presence(MANAGED, 201, List.of()),
        new HubFrame.Pong(-1));
  }

  static Entry entry(EntryKind kind, MemberTag tag, Bytes body) {
    return new Entry(MANAGED, Position.of(3, 42), Position.of(2, 40), TIME, kind, tag, 7, ID, body);
  }

  static HubFrame.Joined joined(HubFrame.Recovery recovery, List<Bytes> rekeys) {
    return new HubFrame.Joined(MANAGED, Position.of(3, 42), recovery, 7, rekeys, 2);
  }

  static HubFrame.Reject reject(HubFrame.Request request, ErrorCode code) {
    return new HubFrame.Reject(
        request,
        request == HubFrame.Request.TICKET ? RoomId.NONE : MANAGED,
        request == HubFrame.Request.PUBLISH ? ID : MessageId.NONE,
        code,
        1_500);
  }

  static List<ClientFrame.Join.Request> rooms(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new ClientFrame.Join.Request(new RoomId(1L << 56, i), null, 0))
        .toList();
  }
}
