package dev.zamok.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;

import dev.zamok.load.traffic.Crowd;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The real clients of a simulation, in sealed rooms: number n is in room n modulo the number of
 * rooms, and the first of each room owns it.
 */
final class Company {
  private static final String PERSON = "person";

  private final int users;
  private final int rooms;
  private final Crowd crowd;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile List<Person> people = List.of();

  /**
   * @param users at least two for each room
   */
  Company(int users, int rooms, Crowd crowd) {
    if (users < 2 * rooms) {
      throw new IllegalArgumentException("a room needs two users: more users, or fewer rooms");
    }
    this.users = users;
    this.rooms = rooms;
    this.crowd = crowd;
  }

  /** Before anybody arrives. */
  void invite(Target target) {
    people =
        IntStream.range(0, users)
            .mapToObj(number -> new Person(number, target.login(number), crowd))
            .toList();
  }

  static Person person(Session session) {
    Person person = session.get(PERSON);
    if (person == null) {
      throw new IllegalStateException("nobody has arrived");
    }
    return person;
  }

  private Person ownerOf(Person person) {
    return people.get(person.number() % rooms);
  }

  /** The others of the room, in an order that follows from the seed. */
  List<Person> shuffledGuestsOf(Person owner) {
    List<Person> guests = new ArrayList<>(guestsOf(owner));
    Collections.shuffle(guests, new Random(Knob.seed() * 1_000_003 + owner.number()));
    return guests;
  }

  private List<Person> guestsOf(Person owner) {
    return people.stream().filter(person -> person != owner && ownerOf(person) == owner).toList();
  }

  /** Registers, logs in as another device, makes or joins the room; ends when all have. */
  ChainBuilder arrival() {
    return exec(session -> session.set(PERSON, people.get(arrived.getAndIncrement())))
        .exec(Deed.of("register", session -> person(session).register()))
        .exec(Deed.of("log in", session -> person(session).logIn()))
        .rendezVous(users)
        .exec(
            doIf(session -> person(session).number() < rooms)
                .then(
                    exec(
                        Deed.of(
                            "make a room",
                            session -> person(session).makeRoom(guestsOf(person(session)))))))
        .rendezVous(users)
        .exec(
            doIf(session -> person(session).number() >= rooms)
                .then(
                    exec(
                        Deed.of(
                            "join", session -> person(session).join(ownerOf(person(session)))))))
        .rendezVous(users);
  }
}
