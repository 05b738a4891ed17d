package dev.zamok.app.chat;

import dev.zamok.app.chat.input.InputParser;
import dev.zamok.crypto.chain.History;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for scripts. Done in the order of their declaration; without any, you talk. */
final class ActionOptions {
  @Option(
      names = "--room",
      paramLabel = "NAME-OR-ID",
      description = "The room that the other options are about.")
  private @Nullable String room;

  @Option(
      names = "--create",
      paramLabel = "NAME",
      description = "Make a sealed room, print its id, and go on with it.")
  private @Nullable String create;

  @Option(
      names = "--history-policy",
      paramLabel = "POLICY",
      description = "What newcomers may read of it: full (default), from-join or none.")
  private @Nullable String policy;

  @Option(
      names = "--channel",
      description = "Make it a managed channel instead: the server can read it.")
  private boolean channel;

  @Option(names = "--open", description = "Let anyone join the channel.")
  private boolean open;

  @Option(names = "--join", description = "Become a member of --room, an open channel.")
  private boolean join;

  @Option(
      names = "--invite",
      paramLabel = "LOGIN",
      description = "Add a member who may write. May be repeated.")
  private List<String> invite = new ArrayList<>();

  @Option(
      names = "--remove",
      paramLabel = "LOGIN",
      description = "Remove a member; the room gets new keys. May be repeated.")
  private List<String> remove = new ArrayList<>();

  @Option(names = "--list", description = "List your rooms; with --room, its members.")
  private boolean list;

  @Option(
      names = "--history",
      paramLabel = "N",
      description = "Print the newest messages, at most N.")
  private int history;

  @Option(
      names = "--send",
      paramLabel = "TEXT",
      description = "Say this and wait until the server has it; - reads it from the input.")
  private @Nullable String send;

  @Option(names = "--follow", description = "Print what happens in the room, until interrupted.")
  private boolean follow;

  @Option(names = "--json", description = "Print JSON objects, one a line.")
  private boolean json;

  /** Fails with {@link IllegalArgumentException} when the options do not go together. */
  void check() {
    boolean needsRoom =
        send != null || follow || history > 0 || join || !invite.isEmpty() || !remove.isEmpty();
    refuse(needsRoom && room == null && create == null, "name the room with --room");
    refuse(room != null && create != null, "--create makes a room: leave out --room");
    refuse((channel || open || policy != null) && create == null, "that needs --create NAME");
    refuse(open && !channel, "only channels are open: add --channel");
    refuse(channel && policy != null, "channels have their history always");
    refuse(
        history < 0 || history > InputParser.HISTORY_MAX,
        "--history wants a number from 1 to " + InputParser.HISTORY_MAX);
    policy();
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new IllegalArgumentException(why);
    }
  }

  /** Whether there is something to do without a person. */
  boolean any() {
    return create != null
        || join
        || !invite.isEmpty()
        || !remove.isEmpty()
        || list
        || history > 0
        || send != null
        || follow;
  }

  @Nullable String room() {
    return room;
  }

  @Nullable String create() {
    return create;
  }

  History policy() {
    if (policy == null) {
      return History.FULL;
    }
    return InputParser.policy(policy)
        .orElseThrow(
            () -> new IllegalArgumentException("--history-policy wants full, from-join or none"));
  }

  boolean channel() {
    return channel;
  }

  boolean open() {
    return open;
  }

  boolean join() {
    return join;
  }

  List<String> invite() {
    return invite;
  }

  List<String> remove() {
    return remove;
  }

  boolean list() {
    return list;
  }

  int history() {
    return history;
  }

  @Nullable String send() {
    return send;
  }

  boolean follow() {
    return follow;
  }

  boolean json() {
    return json;
  }
}
