package dev.zamok.app.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.Readmitted;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.Readmission;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is done, and what others must do, after somebody replaced his keys. */
record ReplacedLines(String login, boolean json) {
  List<String> of(Readmitted all) {
    List<String> lines = new ArrayList<>();
    all.rooms().forEach(place -> lines.add(json ? object(place) : text(place)));
    all.stale().forEach(room -> lines.add(stale(room)));
    return lines;
  }

  int exitCode(Readmitted all) {
    boolean broken =
        all.rooms().stream()
            .map(Readmitted.Place::problem)
            .anyMatch(problem -> problem != null && problem.isLoud());
    boolean left =
        !all.stale().isEmpty()
            || all.rooms().stream().anyMatch(place -> place.how() == Readmission.WAITS);
    return broken ? UserError.DOES_NOT_VERIFY : left ? 1 : 0;
  }

  private static String object(Readmitted.Place place) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", place.how() == Readmission.DONE ? "admitted-anew" : "waits")
            .put("kind", kind(place))
            .put("room", place.room().toString())
            .put("name", place.name());
    ClientProblem problem = place.problem();
    if (place.how() != Readmission.DONE) {
      line.put("role", place.role().name().toLowerCase(Locale.ROOT));
      ArrayNode admins = line.putArray("admins");
      place.admins().forEach(admins::add);
    }
    if (problem != null) {
      line.put("problem", problem.getMessage());
    }
    return JsonLines.write(line);
  }

  private String text(Readmitted.Place place) {
    String what = kind(place) + " " + name(place);
    ClientProblem problem = place.problem();
    if (place.how() == Readmission.DONE) {
      return "admitted anew  " + what;
    }
    if (problem != null) {
      return (problem.isLoud() ? "!!! does not verify  " : "could not be done now  ")
          + what
          + ": "
          + Visible.line(String.valueOf(problem.getMessage()))
          + "; try again with --rest";
    }
    String admins =
        place.admins().isEmpty() ? "an admin" : Visible.line(String.join(" or ", place.admins()));
    return "waits          " + what + ": " + admins + " must " + request(place);
  }

  private String request(Readmitted.Place place) {
    String who = Visible.line(login);
    return switch (place.kind()) {
      case SAFE ->
          "run zamok safe share " + quoted(place) + " " + who + " --role " + role(place.role());
      case FOLDER -> "share its safe with you again, or run zamok safe folder rights";
      case GROUP ->
          "run zamok group add "
              + quoted(place)
              + " "
              + who
              + (place.role().atLeast(Role.ADMIN) ? " --admin" : "");
      case DIRECT -> "open it: /direct " + who + " in zamok chat";
      default -> "add you again: /invite " + who + " in zamok chat";
    };
  }

  private static String role(Role role) {
    return switch (role) {
      case READER -> "read";
      case WRITER -> "write";
      default -> role.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String kind(Readmitted.Place place) {
    return place.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String name(Readmitted.Place place) {
    String name = place.name();
    return name == null ? place.room().toString() : Visible.line(name);
  }

  private static String quoted(Readmitted.Place place) {
    return name(place).contains(" ") ? place.room().toString() : name(place);
  }

  private String stale(RoomId room) {
    return json
        ? JsonLines.write(
            JsonNodeFactory.instance
                .objectNode()
                .put("type", "owes-a-secret")
                .put("room", room.toString()))
        : "takes no new secrets until an admin of it comes: " + room;
  }
}
