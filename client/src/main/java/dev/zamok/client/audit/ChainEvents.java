package dev.zamok.client.audit;

import dev.zamok.client.contact.Contact;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ChildAct;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.ItemId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a statement of a verified chain means. */
final class ChainEvents implements ChainOp.Visitor<AuditEvent> {
  private final Statement statement;
  private final RoomAudit.Where where;
  private final Function<Fingerprint, @Nullable Contact> contacts;

  ChainEvents(
      Statement statement,
      RoomAudit.Where where,
      Function<Fingerprint, @Nullable Contact> contacts) {
    this.statement = statement;
    this.where = where;
    this.contacts = contacts;
  }

  @Override
  public AuditEvent create(ChainOp.Create op) {
    return about(AuditEvent.Kind.CREATED, null, null);
  }

  @Override
  public AuditEvent member(ChainOp.Member op) {
    return about(AuditEvent.Kind.SHARED, op.member(), op.role());
  }

  @Override
  public AuditEvent remove(ChainOp.Remove op) {
    return about(AuditEvent.Kind.REMOVED, op.member(), Role.NONE);
  }

  @Override
  public AuditEvent generation(ChainOp.Generation op) {
    return about(AuditEvent.Kind.NEW_SECRET, null, null);
  }

  @Override
  public AuditEvent item(ChainOp.Item op) {
    boolean put = op.act() == ItemAct.PUT;
    ItemId item = op.item();
    return new AuditEvent(
        statement.timeMillis(),
        where.room(),
        where.folder(),
        contacts.apply(statement.author()),
        put ? AuditEvent.Kind.WRITTEN : AuditEvent.Kind.PURGED,
        item,
        op.version(),
        null,
        null);
  }

  @Override
  public AuditEvent invite(ChainOp.Invite op) {
    boolean withdrawn = op.role() == Role.NONE;
    return about(
        withdrawn ? AuditEvent.Kind.INVITATION_WITHDRAWN : AuditEvent.Kind.INVITED,
        null,
        op.role());
  }

  @Override
  public AuditEvent accept(ChainOp.Accept op) {
    return about(AuditEvent.Kind.INVITATION_TAKEN, statement.author(), null);
  }

  @Override
  public AuditEvent child(ChainOp.Child op) {
    boolean adds = op.act() == ChildAct.ADD;
    return about(adds ? AuditEvent.Kind.FOLDER_ADDED : AuditEvent.Kind.FOLDER_REMOVED, null, null);
  }

  @Override
  public AuditEvent parent(ChainOp.Parent op) {
    return about(AuditEvent.Kind.MOVED, null, null);
  }

  @Override
  public AuditEvent groupCard(ChainOp.GroupCard op) {
    return about(AuditEvent.Kind.NEW_SECRET, null, null);
  }

  @Override
  public AuditEvent groupMember(ChainOp.GroupMember op) {
    return about(AuditEvent.Kind.SHARED, op.member(), op.role());
  }

  private AuditEvent about(
      AuditEvent.Kind kind, @Nullable Fingerprint member, @Nullable Role role) {
    return new AuditEvent(
        statement.timeMillis(),
        where.room(),
        where.folder(),
        contacts.apply(statement.author()),
        kind,
        null,
        0,
        member == null ? null : contacts.apply(member),
        role);
  }
}
