package dev.zamok.app.ticket;

import dev.zamok.app.UserError;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.ticket.Grant;
import dev.zamok.protocol.ticket.Right;
import dev.zamok.protocol.ticket.ServiceTicket;
import dev.zamok.protocol.ticket.Ticket;
import dev.zamok.protocol.ticket.TicketKey;
import dev.zamok.protocol.ticket.TicketKeys;
import dev.zamok.protocol.ticket.Tickets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs a ticket as a backend would, for trying out a hub. */
@Command(
    name = "ticket",
    description = {
      "Sign a ticket for trying out a hub, and print it.",
      "For a client: name one or more rooms. For a backend: name the service and its scopes."
    },
    mixinStandardHelpOptions = true)
public final class TicketCommand implements Callable<Integer> {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Spec private CommandSpec spec;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      defaultValue = "keys.private.jwks",
      description = "The signing key, as `zamok keys` makes it (default: ${DEFAULT-VALUE}).")
  private Path keys;

  @Option(
      names = "--room",
      paramLabel = "ROOM",
      description = "A room of the ticket, 22 characters, or `new` for a new one. May be repeated.")
  private List<String> rooms = new ArrayList<>();

  @Option(
      names = "--rights",
      paramLabel = "RIGHT",
      split = ",",
      defaultValue = "READ,PUBLISH,SIGNAL,PRESENCE",
      description = "What the client may do in the rooms (default: ${DEFAULT-VALUE}).")
  private Set<Right> rights = EnumSet.noneOf(Right.class);

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "The member's pseudonym, 11 characters (default: random).")
  private String tag = "";

  @Option(
      names = "--epoch",
      paramLabel = "N",
      defaultValue = "0",
      description = "The epoch of the rooms (default: ${DEFAULT-VALUE}).")
  private int epoch;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "A service ticket for the server API, for this backend.")
  private String service = "";

  @Option(
      names = "--scopes",
      paramLabel = "SCOPE",
      split = ",",
      defaultValue = "PUSH,REKEY,EVICT,READ,PRESENCE",
      description = "What the backend may do (default: ${DEFAULT-VALUE}).")
  private Set<ServiceTicket.Scope> scopes = EnumSet.noneOf(ServiceTicket.Scope.class);

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long it is valid: at most 15 minutes, for a service 24 hours.")
  private int minutes;

  @Override
  public Integer call() {
    if (service.isEmpty() == rooms.isEmpty()) {
      throw new UserError(
          "name rooms (--room) for a client, or a service (--service) for a backend");
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    PrintWriter out = spec.commandLine().getOut();
    try {
      TicketKey key = TicketKeys.parse(read(keys)).signing();
      out.println(service.isEmpty() ? client(key, now) : service(key, now));
      return 0;
    } catch (MalformedException e) {
      throw new UserError(e.getMessage());
    }
  }

  private String client(TicketKey key, Instant now) {
    MemberTag member = tag.isEmpty() ? MemberTag.of(random(MemberTag.SIZE)) : MemberTag.parse(tag);
    List<Grant> grants = new ArrayList<>();
    for (String name : rooms) {
      RoomId room = name.equals("new") ? newRoom() : RoomId.parse(name);
      if (name.equals("new")) {
        spec.commandLine().getErr().println("new room " + room);
      }
      grants.add(new Grant(room, member, rights, epoch, 0));
    }
    Ticket ticket =
        new Ticket(
            SessionId.of(random(SessionId.SIZE)),
            ConnectionId.of(random(ConnectionId.SIZE)),
            now,
            now.plus(Duration.ofMinutes(minutes)),
            grants);
    return Tickets.sign(ticket, key);
  }

  private String service(TicketKey key, Instant now) {
    return Tickets.sign(
        new ServiceTicket(service, now, now.plus(Duration.ofMinutes(minutes)), scopes), key);
  }

  private static RoomId newRoom() {
    byte[] id = random(RoomId.SIZE).toByteArray();
    id[0] = 1;
    return RoomId.of(Bytes.wrap(id));
  }

  private static Bytes random(int size) {
    byte[] bytes = new byte[size];
    RANDOM.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserError(
          "cannot read " + file + ": make a key with `zamok keys`, or name it with --keys");
    }
  }
}
