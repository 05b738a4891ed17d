package dev.zamok.app.e2e;

import dev.zamok.app.group.GroupCommands;
import dev.zamok.app.safe.SafeCommands;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * A real server, and people who use the program there as scripts do, each with a profile of his
 * own. Each command logs in, and nobody may do that often for long: the server's clock goes on with
 * every command.
 */
final class CommandBed implements AutoCloseable {
  private static final Duration LOGIN_EVERY = Duration.ofSeconds(20);

  private final MovingClock clock = new MovingClock();
  private final Path directory;
  private final TestServer server;
  private URI uri;

  CommandBed(Path directory) {
    this.directory = directory;
    this.server = TestServer.start(directory, clock);
    this.uri = server.uri();
  }

  /** From now on everybody reaches the server there. */
  void at(URI other) {
    uri = other;
  }

  TestServer server() {
    return server;
  }

  /** That of the server, which a test may let go on. */
  MovingClock clock() {
    return clock;
  }

  /** A file of the test's own. */
  Path file(String name) {
    return directory.resolve(name);
  }

  /**
   * Accounts with the profiles that their commands use. Not made by a command: each of theirs
   * stretches the master password as it was when the account was made, and that can be cheap.
   */
  void register(String... logins) {
    for (String login : logins) {
      clock.advance(LOGIN_EVERY);
      Person.Way way = Person.Way.to(server).at(uri).withProfile(profile("profile of " + login));
      Person.register(way, login).close();
    }
  }

  Commands safe(String login, String... arguments) {
    return safeWith("", login, arguments);
  }

  /** With something on the standard input. */
  Commands safeWith(String input, String login, String... arguments) {
    return run(
        SafeCommands.commandLine(Person.password(login), Person.master(login), input),
        login,
        arguments);
  }

  Commands group(String login, String... arguments) {
    return run(
        GroupCommands.commandLine(Person.password(login), Person.master(login)), login, arguments);
  }

  Commands run(CommandLine line, String login, String... arguments) {
    return runIn("profile of " + login, line, login, arguments);
  }

  /** In a profile of that name. */
  Commands runIn(String profile, CommandLine line, String login, String... arguments) {
    clock.advance(LOGIN_EVERY);
    List<String> all = options(login, profile);
    all.addAll(List.of(arguments));
    return Commands.run(line, all);
  }

  /** One that goes on until it is interrupted. */
  RunningCommand start(CommandLine line, String login, String... arguments) {
    clock.advance(LOGIN_EVERY);
    List<String> all = options(login, "profile of " + login);
    all.addAll(List.of(arguments));
    return RunningCommand.start(line, all);
  }

  private List<String> options(String login, String profile) {
    return new ArrayList<>(Commands.options(uri, server.fingerprint(), login, profile(profile)));
  }

  private Path profile(String name) {
    return directory.resolve(name);
  }

  /** A command whose options come after its name. */
  Commands account(
      String profile, CommandLine line, String login, String what, String... arguments) {
    clock.advance(LOGIN_EVERY);
    List<String> all = new ArrayList<>(List.of(what));
    all.addAll(options(login, profile));
    all.addAll(List.of(arguments));
    return Commands.run(line, all);
  }

  @Override
  public void close() {
    server.close();
  }
}
