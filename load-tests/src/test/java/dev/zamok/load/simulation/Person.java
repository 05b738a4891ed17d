package dev.zamok.load.simulation;

import dev.zamok.load.audit.Send;
import dev.zamok.load.traffic.Crowd;
import dev.zamok.load.traffic.Login;
import dev.zamok.load.traffic.Member;
import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A virtual user with a real client, in one room. */
final class Person {
  private final int number;
  private final Login login;
  private final Crowd crowd;
  private final AtomicInteger said = new AtomicInteger();
  private volatile Member member;
  private volatile RoomId room;
  private volatile boolean owner;

  Person(int number, Login login, Crowd crowd) {
    this.number = number;
    this.login = login;
    this.crowd = crowd;
  }

  int number() {
    return number;
  }

  boolean isOwner() {
    return owner;
  }

  /** The client that makes the account is closed again: it is another device. */
  CompletableFuture<Void> register() {
    return Member.registering(login)
        .thenAccept(registered -> CompletableFuture.runAsync(registered::close));
  }

  CompletableFuture<Void> logIn() {
    return Member.loggingIn(login).thenAccept(in -> member = crowd.admit(in));
  }

  CompletableFuture<Void> makeRoom(List<Person> guests) {
    owner = true;
    return crowd
        .makeRoom(member, "room " + number)
        .thenCompose(
            made -> {
              room = made;
              return crowd.invite(made, guests.stream().map(guest -> guest.login.name()).toList());
            });
  }

  CompletableFuture<Void> join(Person host) {
    room = host.room;
    return crowd.enter(room, member);
  }

  /** Fails unless it is acknowledged. */
  CompletableFuture<Void> say() {
    return utter()
        .thenAccept(
            send -> {
              if (send.outcome() != Send.Outcome.ACKNOWLEDGED) {
                throw new IllegalStateException("it was not acknowledged: " + send.outcome());
              }
            });
  }

  /** Whatever becomes of it. */
  CompletableFuture<Send> utter() {
    String words = "message " + said.incrementAndGet() + " of " + login.name();
    return member.say(room, words);
  }

  CompletableFuture<Void> rotate(boolean reset) {
    return crowd.rotate(room, reset);
  }

  CompletableFuture<Void> remove(Person guest) {
    return crowd.remove(room, guest.member);
  }
}
