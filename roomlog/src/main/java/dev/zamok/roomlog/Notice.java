package dev.zamok.roomlog;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.beat.BeatKeys;
import java.util.List;

/** What every hub and authority is told at once, beside the log. */
public sealed interface Notice {
  <R> R accept(Visitor<R> visitor);

  /** Ends all connections of a session. */
  record Revoke(SessionId session) implements Notice {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.revoke(this);
    }
  }

  /** Puts a member out of a room at once, while its EVICT entry waits for the log. */
  record Evict(RoomId room, MemberTag tag, int below) implements Notice {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.evict(this);
    }
  }

  /** A node lives, as anybody who reaches the log may say. Each node hears its own beats too. */
  record Beat(NodeBeat beat) implements Notice {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.beat(this);
    }
  }

  /**
   * What an authority wants to see again in the beats of other nodes, so that one of them is good
   * for a while only: no clock has to be right for that.
   *
   * @param authority its id, as in its own beats
   * @param value random, another one each time
   */
  record Challenge(long authority, long value) implements Notice {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.challenge(this);
    }
  }

  /**
   * A challenge that only who has the key of beats can give.
   *
   * @param number grows with each challenge of this authority
   * @param mac of {@link NoticeCodec#statement(Challenge, long)}, by {@link
   *     dev.zamok.protocol.beat.BeatKeys}
   */
  record SignedChallenge(Challenge challenge, long number, Bytes mac) implements Notice {
    public SignedChallenge {
      if (mac.size() != BeatKeys.MAC_BYTES || number < 0) {
        throw new MalformedException("a signed challenge out of its limits");
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.signedChallenge(this);
    }
  }

  /**
   * A node lives, as only who has the key of beats can say.
   *
   * @param number grows with each beat of this node
   * @param answers the last challenge of each authority that it heard of
   * @param mac of {@link NoticeCodec#statement}, by {@link dev.zamok.protocol.beat.BeatKeys}
   */
  record SignedBeat(NodeBeat beat, long number, List<Challenge> answers, Bytes mac)
      implements Notice {
    public static final int ANSWERS_MAX = 64;

    public SignedBeat {
      answers = List.copyOf(answers);
      if (answers.size() > ANSWERS_MAX || mac.size() != BeatKeys.MAC_BYTES || number < 0) {
        throw new MalformedException("a signed beat out of its limits");
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.signedBeat(this);
    }
  }

  /**
   * Who came to a hub and who left it, and every ten seconds everybody who is there. What a hub
   * told holds until its next snapshot is three times overdue; one without anybody says that it
   * ends.
   *
   * @param hub random, made anew at each start of a hub
   * @param part of a snapshot that comes in several, from 0 on
   * @param parts how many, at least 1; a snapshot counts once all of them are there, in order
   */
  record Presence(long hub, Change change, int part, int parts, List<Attending> who)
      implements Notice {
    /** So that a notice stays below 64 KiB. */
    public static final int WHO_MAX = 1_000;

    public static final int PARTS_MAX = 0xffff;

    public Presence {
      who = List.copyOf(who);
      if (who.size() > WHO_MAX || parts < 1 || parts > PARTS_MAX || part < 0 || part >= parts) {
        throw new MalformedException("a notice of presence out of its limits");
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.presence(this);
    }
  }

  /** What a notice of presence says of those it names. */
  enum Change {
    ENTERED(1),
    LEFT(2),
    SNAPSHOT(3);

    final int code;

    Change(int code) {
      this.code = code;
    }
  }

  /** A session in a room, under the tag of its member. */
  record Attending(RoomId room, SessionId session, MemberTag tag) {}

  /** One method per notice, so that a new one breaks the build wherever it is unhandled. */
  interface Visitor<R> {
    R revoke(Revoke notice);

    R evict(Evict notice);

    R beat(Beat notice);

    R challenge(Challenge notice);

    R signedChallenge(SignedChallenge notice);

    R signedBeat(SignedBeat notice);

    R presence(Presence notice);
  }
}
