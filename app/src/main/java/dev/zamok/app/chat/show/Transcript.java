package dev.zamok.app.chat.show;

import dev.zamok.client.room.RoomMessage;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.protocol.content.Content;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What happens in a room, in words. Everything of others is made harmless here. */
public final class Transcript {
  private static final String INDENT = "      | ";
  private static final long CLOCKS_DIFFER_MILLIS = 120_000;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final ZoneId zone;

  public Transcript(ZoneId zone) {
    this.zone = zone;
  }

  /** Empty for what is not worth a line, such as read markers. */
  public Optional<String> message(RoomLabel room, RoomMessage message, LocalDate today) {
    String head =
        time(message.timeMillis(), today)
            + " "
            + room.shown()
            + " "
            + Visible.line(message.author().login());
    String late =
        Math.abs(message.claimedMillis() - message.timeMillis()) > CLOCKS_DIFFER_MILLIS
            ? " (written " + time(message.claimedMillis(), today) + ")"
            : "";
    String said = message.content().accept(new Said());
    return said.isEmpty() ? Optional.empty() : Optional.of(head + late + said);
  }

  public static String state(RoomLabel room, RoomState state) {
    String words =
        switch (state) {
          case LIVE -> "live";
          case CONNECTING -> "the connection is lost; trying again";
          case REPAIRING -> "something is missing; fetching it";
          case OWES_GENERATION -> "somebody left: nobody can speak until the room has new keys";
          case KEYS_BEHIND -> "the keys cannot be brought up to date: you cannot speak here now";
          case REMOVED -> "you are no member any more";
          case ENDED -> "the session has ended";
        };
    return "-- " + room.shown() + ": " + words;
  }

  public static boolean isLoud(RoomState state) {
    return switch (state) {
      case OWES_GENERATION, KEYS_BEHIND, REMOVED, ENDED -> true;
      default -> false;
    };
  }

  public static String warning(RoomLabel room, RoomWarning warning) {
    return room.shown()
        + ": "
        + warning.kind().name().toLowerCase(Locale.ROOT)
        + ": "
        + Visible.line(warning.text());
  }

  public static String gap(RoomLabel room) {
    return "-- " + room.shown() + ": messages are missing; fetching them";
  }

  public static String repaired(RoomLabel room) {
    return "-- " + room.shown() + ": the missing messages are here";
  }

  public static String withdrawn(RoomLabel room, int count) {
    return room.shown()
        + ": the server lost "
        + count
        + " of the messages shown before; take them as not sent";
  }

  public static String membership(RoomLabel room, String change) {
    return "-- " + room.shown() + ": " + Visible.line(change);
  }

  private String time(long millis, LocalDate today) {
    // Nobody's claim may be a date that Java cannot print.
    long bounded = Math.max(0, Math.min(millis, 253_402_300_799_999L));
    ZonedDateTime at = Instant.ofEpochMilli(bounded).atZone(zone);
    return at.format(at.toLocalDate().equals(today) ? TIME : DAY);
  }

  private static final class Said implements Content.Visitor<String> {
    private static String words(String text) {
      return Visible.lines(text, INDENT);
    }

    @Override
    public String text(Content.Text content) {
      return ": " + words(content.words().text());
    }

    @Override
    public String reply(Content.Reply content) {
      return " (reply): " + words(content.words().text());
    }

    @Override
    public String edit(Content.Edit content) {
      return " * corrects: " + words(content.words().text());
    }

    @Override
    public String reaction(Content.Reaction content) {
      String emoji = Visible.lines(content.emoji(), "");
      return content.on() ? " * reacts " + emoji : " * takes back " + emoji;
    }

    @Override
    public String removal(Content.Removal content) {
      return " * removes a message";
    }

    @Override
    public String read(Content.Read content) {
      return "";
    }

    @Override
    public String typing(Content.Typing content) {
      return "";
    }

    @Override
    public String item(Content.Item content) {
      return " * points at an item"
          + content.words().map(words -> ": " + words(words.text())).orElse("");
    }

    @Override
    public String unknown(Content.Unknown content) {
      return " * sent a " + Visible.line(content.kind()) + ", which this version does not know";
    }
  }
}
