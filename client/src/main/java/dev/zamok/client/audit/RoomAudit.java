package dev.zamok.client.audit;

import dev.zamok.client.authority.OpeningsApi;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.profile.Profile;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who did what in one room, for its admins. What the chain says is verified with it; openings are
 * what clients said, in lines that show it when the authority drops or changes an earlier part.
 * Belongs to the client's loop.
 */
public final class RoomAudit {
  /** More than that are not read at once. */
  private static final int OPENINGS_MAX = 200_000;

  private final RoomId room;
  private final OpeningsApi authority;
  private final Directory directory;
  private final Profile profile;
  private final Loop loop;

  public RoomAudit(
      RoomId room, OpeningsApi authority, Directory directory, Profile profile, Loop loop) {
    this.room = room;
    this.authority = authority;
    this.directory = directory;
    this.profile = profile;
    this.loop = loop;
  }

  /**
   * A room of a safe.
   *
   * @param folder its path, empty for the safe itself
   */
  public record Where(RoomId room, String folder) {}

  /**
   * What members said that they opened, checked.
   *
   * @param everRead who reads or ever read there
   * @param wheresOf all rooms that have or had an item: an opening does not say in which
   */
  public CompletableFuture<List<AuditEvent>> openings(
      Predicate<Fingerprint> everRead, Function<ItemId, Set<Where>> wheresOf) {
    List<Opening> openings = new ArrayList<>();
    return read(null, openings)
        .thenCompose(
            done -> directory.load(openings.stream().map(one -> one.place().author()).toList()))
        .thenApply(
            loaded -> {
              OpeningLines lines = new OpeningLines(room, everRead, directory, loop.wallMillis());
              lines.check(openings, profile.note(name()));
              profile.note(name(), lines.pins());
              return openings.stream().map(opening -> event(opening, wheresOf)).toList();
            });
  }

  /**
   * What a verified chain says.
   *
   * @param where the room that it is of
   * @param statements all of them
   * @param contacts who has or had a card there
   */
  public static List<AuditEvent> changes(
      Where where, List<Statement> statements, Function<Fingerprint, @Nullable Contact> contacts) {
    List<AuditEvent> events = new ArrayList<>(statements.size());
    for (Statement statement : statements) {
      events.add(statement.op().accept(new ChainEvents(statement, where, contacts)));
    }
    return events;
  }

  private CompletableFuture<Void> read(@Nullable String after, List<Opening> into) {
    return authority
        .openings(room, after)
        .thenCompose(
            page -> {
              page.openings().forEach(encoded -> into.add(parse(encoded)));
              String next = page.next();
              if (next == null) {
                return CompletableFuture.completedFuture(null);
              }
              if (page.openings().isEmpty() || into.size() > OPENINGS_MAX) {
                throw ClientProblem.tampered("the audit has no end");
              }
              return read(next, into);
            });
  }

  private static Opening parse(Bytes encoded) {
    try {
      return Opening.parse(encoded);
    } catch (MalformedException e) {
      throw ClientProblem.tampered("an opening breaks its format");
    }
  }

  private AuditEvent event(Opening opening, Function<ItemId, Set<Where>> wheresOf) {
    AuditEvent.Kind kind =
        switch (opening.what()) {
          case LIST -> AuditEvent.Kind.LISTED;
          case ITEM -> AuditEvent.Kind.OPENED;
          case EXPORT -> AuditEvent.Kind.EXPORTED;
        };
    ItemId item = opening.item();
    Set<Where> wheres = item == null ? Set.of() : wheresOf.apply(item);
    Where where = wheres.size() == 1 ? wheres.iterator().next() : new Where(room, "");
    return new AuditEvent(
        opening.timeMillis(),
        wheres.size() > 1 ? null : where.room(),
        where.folder(),
        directory.contact(opening.place().author()),
        kind,
        item,
        opening.version(),
        null,
        null);
  }

  private String name() {
    return "audit-" + room;
  }
}
