package dev.zamok.app.e2e;

import dev.zamok.crypto.identity.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real server, an evil one in front of it, and people at either, for all tests of a class. After
 * each test the evil one tells the truth again; after the last everything is closed.
 */
final class AttackBed implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final Clock clock;
  private final UnaryOperator<Person.Way> equipped;
  private final List<Person> people = new ArrayList<>();
  private Path place;
  private TestServer server;
  private EvilServer evil;

  AttackBed() {
    this(Clock.systemUTC(), way -> way);
  }

  private AttackBed(Clock clock, UnaryOperator<Person.Way> equipped) {
    this.clock = clock;
    this.equipped = equipped;
  }

  /** The time of the server is that; people have their own. */
  static AttackBed serverAt(Clock clock) {
    return new AttackBed(clock, way -> way);
  }

  /** The time of all is that. */
  static AttackBed allAt(Clock clock) {
    return new AttackBed(clock, way -> way.with(builder -> builder.clock(clock)));
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    place = Files.createTempDirectory("attack");
    server = TestServer.start(place, clock);
    evil = EvilServer.before(server, place);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    evil.lieNoMore();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    people.forEach(Person::close);
    evil.close();
    server.close();
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  TestServer server() {
    return server;
  }

  EvilServer evil() {
    return evil;
  }

  /** To the real server. */
  Person.Way way() {
    return equipped.apply(Person.Way.to(server));
  }

  /** To the evil one, which is taken for the real one. */
  Person.Way evilWay() {
    return evil.way(way());
  }

  /** Somebody new at the real server, until the last test is over. */
  Person honest(String login) {
    return person(way(), login);
  }

  /** Somebody new who hears everything from the evil server, until the last test is over. */
  Person deceived(String login) {
    return person(evilWay(), login);
  }

  /** The same, whose device remembers what it saw. */
  Person deceivedWithProfile(String login) {
    return person(evilWay().withProfile(place.resolve(login)), login);
  }

  private Person person(Person.Way way, String login) {
    Person person = Person.register(way, login);
    people.add(person);
    return person;
  }

  /** A device at the evil server that remembers nothing; whoever asks closes it. */
  Person again(String login) {
    return Person.login(evilWay(), login);
  }

  /** The keys of somebody who is there, for a program of his own. */
  Identity insider(String login) {
    return Insider.of(evil, way(), login).identity();
  }
}
