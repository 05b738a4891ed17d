package dev.zamok.client.secret;

import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.content.Extra;
import java.util.List;

/**
 * One secret of a safe, always within the limits of {@code SECRET.md}. No part of it shows in
 * {@link #toString}.
 *
 * @param extra members that this version does not know: kept, and written back
 */
public record Secret(
    Label label,
    Credentials credentials,
    SecretText notes,
    List<Field> fields,
    List<Attachment> attachments,
    Extra extra) {
  public static final int NOTES_CHARACTERS_MAX = 100_000;
  public static final int FIELDS_MAX = 200;
  public static final int ATTACHMENTS_MAX = 50;

  /** Fails with {@link MalformedException}, whose text names no content. */
  public Secret {
    SecretRules.lines("notes", notes.reveal(), NOTES_CHARACTERS_MAX);
    fields = List.copyOf(fields);
    SecretRules.count("fields", fields, FIELDS_MAX);
    attachments = List.copyOf(attachments);
    SecretRules.count("attachments", attachments, ATTACHMENTS_MAX);
  }

  /** A login of this name, still without anything in it. */
  public static SecretDraft named(String name) {
    return new SecretDraft(name);
  }

  /** A draft that starts from this secret. */
  public SecretDraft edit() {
    return new SecretDraft(this);
  }

  public String name() {
    return label.name();
  }

  @Override
  public String toString() {
    return "Secret[" + label.type() + "]";
  }
}
