package dev.zamok.app.chat.input;

import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Understands a line. A line that starts with {@code /} is a command, its words separated by
 * spaces; {@code //} starts words that begin with a slash. Everything else is said as it stands.
 */
public final class InputParser {
  /** The most messages of one {@code /history}. */
  public static final int HISTORY_MAX = 500;

  static final int HISTORY_DEFAULT = 20;

  /** What {@code /help} prints. */
  public static final List<String> HELP =
      List.of(
          "what you type is said in the current room; a line of its own begins with // to say /",
          "/rooms                                   your rooms",
          "/join ROOM                               go to a room, by name or id; joins open channels",
          "/new NAME [full|from-join|none]          a sealed room: the server cannot read it",
          "/direct LOGIN                            a sealed room of two",
          "/channel NAME [open]                     a managed room: the server can read it",
          "/channels                                channels that anyone may join",
          "/invite LOGIN [reader|writer|admin|owner] into the room, or change the role",
          "/remove LOGIN                            out of the room, which gets new keys",
          "/leave                                   leave the room yourself",
          "/members                                 who may read here",
          "/who                                     who is connected now",
          "/fingerprint [LOGIN]                     compare it over another channel",
          "/history [N]                             the last N messages",
          "/rotate ratchet|reset                    new keys for the room",
          "/quit");

  private InputParser() {}

  public static Input parse(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      return new Input.Plain(Input.Word.NOTHING);
    }
    if (!text.startsWith("/")) {
      return new Input.Say(text);
    }
    if (text.startsWith("//")) {
      return new Input.Say(text.substring(1));
    }
    String[] words = text.split("\\s+");
    return command(words[0].toLowerCase(Locale.ROOT), words);
  }

  private static Input command(String name, String[] words) {
    return switch (name) {
      case "/help" -> plain(Input.Word.HELP, words);
      case "/rooms" -> plain(Input.Word.ROOMS, words);
      case "/channels" -> plain(Input.Word.CHANNELS, words);
      case "/leave" -> plain(Input.Word.LEAVE, words);
      case "/members" -> plain(Input.Word.MEMBERS, words);
      case "/who" -> plain(Input.Word.WHO, words);
      case "/quit" -> plain(Input.Word.QUIT, words);
      case "/new" -> newRoom(words);
      case "/channel" -> channel(words);
      case "/join" -> words.length < 2 ? usage("/join ROOM") : new Input.Join(rest(words, 1, 0));
      case "/direct" -> words.length != 2 ? usage("/direct LOGIN") : new Input.Direct(words[1]);
      case "/invite" -> invite(words);
      case "/remove" -> words.length != 2 ? usage("/remove LOGIN") : new Input.Remove(words[1]);
      case "/fingerprint" ->
          words.length > 2
              ? usage("/fingerprint [LOGIN]")
              : new Input.ShowFingerprint(
                  words.length == 2 ? Optional.of(words[1]) : Optional.empty());
      case "/history" -> history(words);
      case "/rotate" -> rotate(words);
      default -> new Input.Wrong("there is no " + name + "; /help lists the commands");
    };
  }

  private static Input plain(Input.Word word, String[] words) {
    return words.length == 1
        ? new Input.Plain(word)
        : new Input.Wrong(words[0] + " takes nothing behind it");
  }

  /** Names may hold spaces: the last word is the policy only if it is one. */
  private static Input newRoom(String[] words) {
    Optional<History> policy = words.length < 3 ? Optional.empty() : policy(words);
    String name = rest(words, 1, policy.isPresent() ? 1 : 0);
    return name.isEmpty()
        ? usage("/new NAME [full|from-join|none]")
        : new Input.NewRoom(name, policy.orElse(History.FULL));
  }

  private static Optional<History> policy(String[] words) {
    return policy(words[words.length - 1]);
  }

  /** The history policy of that name. */
  public static Optional<History> policy(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "full" -> Optional.of(History.FULL);
      case "from-join" -> Optional.of(History.FROM_JOIN);
      case "none" -> Optional.of(History.NONE);
      default -> Optional.empty();
    };
  }

  private static Input channel(String[] words) {
    boolean open = words.length > 2 && words[words.length - 1].equalsIgnoreCase("open");
    String name = rest(words, 1, open ? 1 : 0);
    return name.isEmpty() ? usage("/channel NAME [open]") : new Input.NewChannel(name, open);
  }

  private static Input invite(String[] words) {
    Optional<Role> role = words.length == 3 ? role(words[2]) : Optional.of(Role.WRITER);
    if (words.length < 2 || words.length > 3 || role.isEmpty()) {
      return usage("/invite LOGIN [reader|writer|admin|owner]");
    }
    return new Input.Invite(words[1], role.get());
  }

  private static Optional<Role> role(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "reader" -> Optional.of(Role.READER);
      case "writer" -> Optional.of(Role.WRITER);
      case "admin" -> Optional.of(Role.ADMIN);
      case "owner" -> Optional.of(Role.OWNER);
      default -> Optional.empty();
    };
  }

  private static Input history(String[] words) {
    if (words.length == 1) {
      return new Input.ShowHistory(HISTORY_DEFAULT);
    }
    // Four digits at most: longer ones need not become a number to be too many.
    if (words.length == 2 && words[1].matches("[0-9]{1,4}")) {
      int count = Integer.parseInt(words[1]);
      if (count >= 1 && count <= HISTORY_MAX) {
        return new Input.ShowHistory(count);
      }
    }
    return usage("/history [N], N from 1 to " + HISTORY_MAX);
  }

  private static Input rotate(String[] words) {
    if (words.length == 2 && words[1].equalsIgnoreCase("ratchet")) {
      return new Input.Rotate(false);
    }
    if (words.length == 2 && words[1].equalsIgnoreCase("reset")) {
      return new Input.Rotate(true);
    }
    return usage("/rotate ratchet|reset");
  }

  private static String rest(String[] words, int skipped, int left) {
    return String.join(
        " ", List.of(words).subList(Math.min(skipped, words.length), words.length - left));
  }

  private static Input usage(String usage) {
    return new Input.Wrong("usage: " + usage);
  }
}
