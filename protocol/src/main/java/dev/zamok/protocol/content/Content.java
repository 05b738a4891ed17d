package dev.zamok.protocol.content;

import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one message or signal says. Every kind keeps what it does not know as {@link Extra}.
 *
 * <p>Its author is the one whose signature the envelope bears, nothing in here.
 */
public sealed interface Content {
  /** The most members one text can mention. */
  int MENTIONS_MAX = 50;

  <R> R accept(Visitor<R> visitor);

  Extra extra();

  /** What may carry it. */
  default Set<Carrier> carriers() {
    return Set.of(Carrier.MESSAGE);
  }

  static Text text(String text) {
    return new Text(new Words(text), List.of(), Extra.NONE);
  }

  /**
   * A message of its own.
   *
   * @param mentions whose attention it asks for, each once, at most {@link #MENTIONS_MAX}
   */
  record Text(Words words, List<MemberTag> mentions, Extra extra) implements Content {
    public Text {
      mentions = checked(mentions, extra);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.text(this);
    }
  }

  /**
   * An answer.
   *
   * @param thread the message that the thread started with
   * @param to the message answered: {@code thread} itself, or another of the thread
   */
  record Reply(Reference thread, Reference to, Words words, List<MemberTag> mentions, Extra extra)
      implements Content {
    public Reply {
      mentions = checked(mentions, extra);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.reply(this);
    }
  }

  /**
   * New words for an earlier text or reply of the same author. The last in the order of the log
   * counts.
   */
  record Edit(MessageId id, Words words, List<MemberTag> mentions, Extra extra) implements Content {
    public Edit {
      if (id.equals(MessageId.NONE)) {
        throw new MalformedException("C-010 reference to no message");
      }
      mentions = checked(mentions, extra);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.edit(this);
    }
  }

  /**
   * One reaction of the author to a message, given or taken back.
   *
   * @param emoji 1 to {@value #EMOJI_CHARACTERS_MAX} characters (UTF-16 units), no space and no
   *     control characters
   */
  record Reaction(Reference to, String emoji, boolean on, Extra extra) implements Content {
    public static final int EMOJI_CHARACTERS_MAX = 32;

    public Reaction {
      if (emoji.isEmpty()
          || emoji.length() > EMOJI_CHARACTERS_MAX
          || emoji.codePoints().anyMatch(c -> c <= ' ' || Words.isRefused(c))) {
        throw new MalformedException("C-011 no such emoji");
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.reaction(this);
    }
  }

  /** Asks to show a message no longer: one of the author, or of anyone if the author may. */
  record Removal(Reference of, Extra extra) implements Content {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.removal(this);
    }
  }

  /** The author has read everything up to a position. Only the highest counts. */
  record Read(Position upTo, Extra extra) implements Content {
    public Read {
      if (upTo.equals(Position.ZERO)) {
        throw new MalformedException("C-012 read marker before every entry");
      }
    }

    @Override
    public Set<Carrier> carriers() {
      return Set.of(Carrier.MESSAGE, Carrier.SIGNAL);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.read(this);
    }
  }

  /** The author is writing, or has stopped; forget it after ten seconds. */
  record Typing(boolean on, Extra extra) implements Content {
    @Override
    public Set<Carrier> carriers() {
      return Set.of(Carrier.SIGNAL);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.typing(this);
    }
  }

  /**
   * Points at an item of the room.
   *
   * @param version the one meant, 1 or more
   * @param words a comment
   */
  record Item(ItemId item, int version, Optional<Words> words, Extra extra) implements Content {
    public Item {
      if (version < 1) {
        throw new MalformedException("C-013 no such version of an item");
      }
      without("text", extra);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.item(this);
    }
  }

  /**
   * A kind of a later version. Show that there is something, and {@link #json} on request.
   *
   * @param extra all members but {@code kind}
   */
  record Unknown(String kind, Extra extra) implements Content {
    public Unknown {
      ContentCodec.checkKind(kind);
      if (ContentCodec.KINDS.contains(kind)) {
        throw new MalformedException("C-005 this kind is known");
      }
      without("kind", extra);
    }

    /** The whole as it came. */
    public String json() {
      return new String(Json.write(ContentCodec.members(this)), StandardCharsets.UTF_8);
    }

    @Override
    public Set<Carrier> carriers() {
      return Set.of(Carrier.MESSAGE, Carrier.SIGNAL);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.unknown(this);
    }
  }

  private static List<MemberTag> checked(List<MemberTag> tags, Extra extra) {
    without("mentions", extra);
    if (tags.size() > MENTIONS_MAX
        || tags.contains(MemberTag.NONE)
        || Set.copyOf(tags).size() != tags.size()) {
      throw new MalformedException("C-009 mentions of too many, of nobody or twice");
    }
    return List.copyOf(tags);
  }

  private static void without(String known, Extra extra) {
    if (extra.members().containsKey(known)) {
      throw new MalformedException("C-006 \"" + known + "\" is not extra");
    }
  }

  /** One method per kind, so that a new one breaks the build wherever it is unhandled. */
  interface Visitor<R> {
    R text(Text content);

    R reply(Reply content);

    R edit(Edit content);

    R reaction(Reaction content);

    R removal(Removal content);

    R read(Read content);

    R typing(Typing content);

    R item(Item content);

    R unknown(Unknown content);
  }
}
