package dev.zamok.app.demo;

import dev.zamok.client.Room;
import dev.zamok.client.room.RoomMessage;
import dev.zamok.client.room.RoomState;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Content;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The story of the demonstration. */
final class Scenario {
  private static final String TITLE = "the plans of the castle";

  private final PrintWriter out;
  private final Findings findings;
  private final Path directory;
  private final List<String> said = new ArrayList<>();

  Scenario(PrintWriter out, Findings findings, Path directory) {
    this.out = out;
    this.findings = findings;
    this.directory = directory;
  }

  void play() throws IOException {
    findings.step("a server of its own process, on a throw-away directory");
    DemoServer server = DemoServer.start(directory);
    List<String> secrets = new ArrayList<>();
    try (server) {
      out.println("   " + server.uri() + ", certificate " + server.fingerprint());
      talk(server, secrets);
    }
    secrets.addAll(said);
    secrets.add(TITLE);
    judgeTheServer(server, secrets);
  }

  private List<RoomMessage> readByAda = List.of();
  private List<RoomMessage> readByCarol = List.of();

  private void talk(DemoServer server, List<String> secrets) throws IOException {
    findings.step("ada, brian and carol register; their keys are made in their own programs");
    try (Wire wire = new Wire(server.port());
        Person ada = new Person("ada-lovelace", server.uri(), server.fingerprint(), directory);
        Person brian = new Person("brian-kernighan", wire.uri(), server.fingerprint(), directory);
        Person carol = new Person("carol-shaw", server.uri(), server.fingerprint(), directory)) {
      List.of(ada, brian, carol).forEach(person -> secrets.addAll(person.secrets()));

      findings.step("ada makes a sealed room and invites both; they talk");
      Room ofAda = ada.createRoom(TITLE);
      Person.await(ofAda.invite(brian.name(), Role.WRITER));
      Person.await(ofAda.invite(carol.name(), Role.WRITER));
      Person.await(ofAda.subscribe(ada));
      Room ofBrian = brian.enter(ofAda.id());
      Room ofCarol = carol.enter(ofAda.id());
      findings.check(
          "brian and carol see the room's sealed name",
          Person.await(ofBrian.name()).orElse("").equals(TITLE)
              && Person.await(ofCarol.name()).orElse("").equals(TITLE));
      say(ada, ofAda, "the gate opens at seven");
      say(brian, ofBrian, "who holds the keys?");
      say(carol, ofCarol, "I have one of them");
      allRead(3, ada, brian, carol);

      findings.step("the keys roll on (a ratchet), without a request by anyone");
      Person.await(ofAda.rotate(false));
      say(ada, ofAda, "this one is under new keys");
      say(brian, ofBrian, "and I read it all the same");
      allRead(5, ada, brian, carol);

      findings.step("brian's connection is cut; ada goes on; the connection is mended");
      wire.cut();
      brian.awaitState(RoomState.CONNECTING);
      say(ada, ofAda, "brian, are you there?");
      say(ada, ofAda, "he will read this later");
      wire.mend();
      allRead(7, ada, brian, carol);
      say(brian, ofBrian, "I am back, with all of it");
      allRead(8, ada, brian, carol);

      findings.step("ada removes carol: new room secret, new share, new epoch");
      Person.await(ofAda.remove(carol.name()));
      carol.awaitState(RoomState.REMOVED);
      say(ada, ofAda, "carol has left us");
      say(brian, ofBrian, "then the gate opens at eight");
      allRead(10, ada, brian);
      judgeCarol(carol, ofCarol);
      findings.check(
          "nobody was warned of anything",
          ada.warnings().isEmpty() && brian.warnings().isEmpty() && carol.warnings().isEmpty());
      readByAda = ada.messages();
      readByCarol = carol.messages();
    }
  }

  private void say(Person person, Room room, String text) {
    person.say(room, text);
    said.add(text);
  }

  private void allRead(int count, Person... people) {
    for (Person person : people) {
      person.awaitMessages(count);
      List<String> read =
          person.messages().stream().map(message -> words(message.content())).toList();
      findings.check(
          person.name() + " read all " + count + ", each once, in order",
          read.equals(said.subList(0, count)));
    }
  }

  private static String words(Content content) {
    return content instanceof Content.Text text ? text.words().text() : "";
  }

  private void judgeCarol(Person carol, Room room) {
    findings.check(
        "carol got nothing that was said after her removal", carol.messages().size() == 8);
    for (Map.Entry<String, String> attempt :
        Map.of(
                "carol cannot publish",
                carol.failure(room.publish(Content.text("let me in"))),
                "carol cannot read the history",
                carol.failure(room.history(10)),
                "carol cannot open the room anew",
                carol.failure(carol.session().room(room.id())))
            .entrySet()) {
      findings.check(
          attempt.getKey() + " (" + attempt.getValue() + ")", !attempt.getValue().equals("none"));
    }
  }

  private void judgeTheServer(DemoServer server, List<String> secrets) throws IOException {
    HubRecord record = HubRecord.read(server.frames());
    findings.step("side by side");
    new Report(out).print(readByAda, record.entries(), readByCarol);

    findings.step("everything the hub ever held: " + record.size() + " bytes of frames");
    record.counts().forEach((kind, count) -> out.printf("   %5d %s%n", count, kind));
    findings.check(
        "the hub passed on every message that was read",
        readByAda.stream().map(RoomMessage::position).allMatch(record.entries()::containsKey));
    findings.check(
        "they were sealed under more than one epoch, and the last after the removal",
        epochs(record.entries()) >= 3);
    findings.check(
        "no word, name or password is in the hub's frames",
        secrets.stream().noneMatch(record::contains));
    List<String> found = HubRecord.filesWith(server.data(), secrets);
    found.forEach(what -> out.println("   " + what));
    findings.check("nor in the files of the server's database", found.isEmpty());
  }

  private static long epochs(Map<Position, Entry> entries) {
    return entries.values().stream()
        .filter(entry -> entry.kind() == EntryKind.MESSAGE)
        .map(Entry::epoch)
        .distinct()
        .count();
  }
}
