package dev.zamok.roomlog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.beat.BeatKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Notices as bytes, for logs that send them from process to process.
 *
 * <pre>
 * 01 ‖ session 16                                                          revoke
 * 02 ‖ room 16 ‖ tag 8 ‖ below u32                                         evict
 * 03 ‖ role u8 ‖ id u64 ‖ L(address) ‖ L(version) ‖ standing u8
 *    ‖ used u32 ‖ capacity u32 ‖ time u64                                  beat
 * 04 ‖ hub u64 ‖ change u8 ‖ part u16 ‖ parts u16 ‖ count u16
 *    ‖ count × (room 16 ‖ session 16 ‖ tag 8)                              presence
 * 05 ‖ beat (03 without its first byte) ‖ number u64
 *    ‖ count u8 ‖ count × (authority u64 ‖ challenge u64) ‖ mac 32         signed beat
 * 06 ‖ authority u64 ‖ challenge u64                                       challenge
 * 07 ‖ authority u64 ‖ challenge u64 ‖ number u64 ‖ mac 32                 signed challenge
 * </pre>
 */
public final class NoticeCodec {
  private static final int REVOKE = 1;
  private static final int EVICT = 2;
  private static final int BEAT = 3;
  private static final int PRESENCE = 4;
  private static final int SIGNED_BEAT = 5;
  private static final int CHALLENGE = 6;
  private static final int SIGNED_CHALLENGE = 7;

  private NoticeCodec() {}

  public static Bytes encode(Notice notice) {
    ByteWriter out = new ByteWriter();
    notice.accept(new Encoder(out));
    return out.toBytes();
  }

  /** What the MAC of a signed beat is over: all of it but the MAC. */
  public static Bytes statement(NodeBeat beat, long number, List<Notice.Challenge> answers) {
    ByteWriter out = new ByteWriter().u8(SIGNED_BEAT);
    write(out, beat);
    out.u64(number).u8(answers.size());
    for (Notice.Challenge answer : answers) {
      out.u64(answer.authority()).u64(answer.value());
    }
    return out.toBytes();
  }

  /** The same of a signed challenge. */
  public static Bytes statement(Notice.Challenge challenge, long number) {
    return new ByteWriter()
        .u8(SIGNED_CHALLENGE)
        .u64(challenge.authority())
        .u64(challenge.value())
        .u64(number)
        .toBytes();
  }

  /**
   * Empty for a kind that only newer programs know: nodes of two versions run side by side while
   * they are renewed one by one. Fails with {@link MalformedException} for anything else.
   */
  public static Optional<Notice> decode(Bytes encoded) {
    ByteReader in = encoded.reader();
    Notice notice;
    switch (in.u8()) {
      case REVOKE -> notice = new Notice.Revoke(SessionId.read(in));
      case EVICT -> notice = new Notice.Evict(RoomId.read(in), MemberTag.read(in), in.u32());
      case BEAT -> notice = new Notice.Beat(beat(in));
      case PRESENCE -> notice = presence(in);
      case SIGNED_BEAT -> notice = signedBeat(in);
      case CHALLENGE -> notice = new Notice.Challenge(in.u64(), in.u64());
      case SIGNED_CHALLENGE ->
          notice =
              new Notice.SignedChallenge(
                  new Notice.Challenge(in.u64(), in.u64()), in.u64(), in.bytes(BeatKeys.MAC_BYTES));
      default -> {
        return Optional.empty();
      }
    }
    in.end();
    return Optional.of(notice);
  }

  private static NodeBeat beat(ByteReader in) {
    NodeBeat.Role role = one(NodeBeat.Role.values(), in.u8(), known -> known.code);
    long id = in.u64();
    String address = text(in);
    String version = text(in);
    NodeBeat.Standing standing = one(NodeBeat.Standing.values(), in.u8(), known -> known.code);
    NodeBeat.Load load = new NodeBeat.Load(standing, in.u32(), in.u32());
    return new NodeBeat(role, id, address, version, load, in.u64());
  }

  private static Notice.SignedBeat signedBeat(ByteReader in) {
    NodeBeat beat = beat(in);
    long number = in.u64();
    int count = in.u8();
    List<Notice.Challenge> answers =
        new ArrayList<>(Math.min(count, Notice.SignedBeat.ANSWERS_MAX));
    for (int i = 0; i < count; i++) {
      answers.add(new Notice.Challenge(in.u64(), in.u64()));
    }
    return new Notice.SignedBeat(beat, number, answers, in.bytes(BeatKeys.MAC_BYTES));
  }

  private static void write(ByteWriter out, NodeBeat beat) {
    out.u8(beat.role().code).u64(beat.id());
    out.sized(Bytes.wrap(beat.address().getBytes(US_ASCII)));
    out.sized(Bytes.wrap(beat.version().getBytes(US_ASCII)));
    out.u8(beat.load().standing().code);
    out.u32(beat.load().used()).u32(beat.load().capacity()).u64(beat.timeMillis());
  }

  private static Notice.Presence presence(ByteReader in) {
    long hub = in.u64();
    Notice.Change change = one(Notice.Change.values(), in.u8(), known -> known.code);
    int part = in.u16();
    int parts = in.u16();
    int count = in.u16();
    List<Notice.Attending> who = new ArrayList<>(Math.min(count, Notice.Presence.WHO_MAX));
    for (int i = 0; i < count; i++) {
      who.add(new Notice.Attending(RoomId.read(in), SessionId.read(in), MemberTag.read(in)));
    }
    return new Notice.Presence(hub, change, part, parts, who);
  }

  private static <T> T one(T[] values, int code, ToIntFunction<T> codeOf) {
    for (T value : values) {
      if (codeOf.applyAsInt(value) == code) {
        return value;
      }
    }
    throw new MalformedException("unknown code in a notice");
  }

  private static String text(ByteReader in) {
    return new String(in.sized().toByteArray(), US_ASCII);
  }

  private record Encoder(ByteWriter out) implements Notice.Visitor<ByteWriter> {
    @Override
    public ByteWriter revoke(Notice.Revoke notice) {
      out.u8(REVOKE);
      notice.session().write(out);
      return out;
    }

    @Override
    public ByteWriter evict(Notice.Evict notice) {
      out.u8(EVICT);
      notice.room().write(out);
      notice.tag().write(out);
      return out.u32(notice.below());
    }

    @Override
    public ByteWriter beat(Notice.Beat notice) {
      write(out.u8(BEAT), notice.beat());
      return out;
    }

    @Override
    public ByteWriter challenge(Notice.Challenge notice) {
      return out.u8(CHALLENGE).u64(notice.authority()).u64(notice.value());
    }

    @Override
    public ByteWriter signedChallenge(Notice.SignedChallenge notice) {
      return out.bytes(statement(notice.challenge(), notice.number())).bytes(notice.mac());
    }

    @Override
    public ByteWriter signedBeat(Notice.SignedBeat notice) {
      return out.bytes(statement(notice.beat(), notice.number(), notice.answers()))
          .bytes(notice.mac());
    }

    @Override
    public ByteWriter presence(Notice.Presence notice) {
      out.u8(PRESENCE).u64(notice.hub()).u8(notice.change().code);
      out.u16(notice.part()).u16(notice.parts()).u16(notice.who().size());
      for (Notice.Attending one : notice.who()) {
        one.room().write(out);
        one.session().write(out);
        one.tag().write(out);
      }
      return out;
    }
  }
}
