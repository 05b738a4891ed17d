package dev.zamok.client.secret;

import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.content.Extra;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A secret in the making; {@link #done} checks it. Not thread-safe. */
public final class SecretDraft {
  private String type = Label.LOGIN;
  private String name;
  private List<String> tags = List.of();
  private String login = "";
  private SecretText password = SecretText.EMPTY;
  private Optional<Instant> passwordTime = Optional.empty();
  private SecretText totp = SecretText.EMPTY;
  private List<String> urls = List.of();
  private SecretText notes = SecretText.EMPTY;
  private final List<Field> fields = new ArrayList<>();
  private final List<Attachment> attachments = new ArrayList<>();
  private final Extra extra;

  SecretDraft(String name) {
    this.name = name;
    this.extra = Extra.NONE;
  }

  SecretDraft(Secret from) {
    type = from.label().type();
    name = from.label().name();
    tags = from.label().tags();
    login = from.credentials().login();
    password = from.credentials().password();
    passwordTime = from.credentials().passwordTime();
    totp = from.credentials().totp();
    urls = from.credentials().urls();
    notes = from.notes();
    fields.addAll(from.fields());
    attachments.addAll(from.attachments());
    extra = from.extra();
  }

  public SecretDraft type(String type) {
    this.type = type;
    return this;
  }

  public SecretDraft name(String name) {
    this.name = name;
    return this;
  }

  public SecretDraft tags(List<String> tags) {
    this.tags = tags;
    return this;
  }

  public SecretDraft login(String login) {
    this.login = login;
    return this;
  }

  /** Leaves the time of the password as it is; see {@link #newPassword}. */
  public SecretDraft password(SecretText password) {
    this.password = password;
    return this;
  }

  public SecretDraft passwordTime(Optional<Instant> passwordTime) {
    this.passwordTime = passwordTime;
    return this;
  }

  /** Another password from {@code now} on; nothing changes if it is the one already there. */
  public SecretDraft newPassword(SecretText password, Instant now) {
    if (!password.equals(this.password)) {
      this.password = password;
      this.passwordTime = Optional.of(Instant.ofEpochMilli(now.toEpochMilli()));
    }
    return this;
  }

  public SecretDraft totp(SecretText totp) {
    this.totp = totp;
    return this;
  }

  public SecretDraft urls(List<String> urls) {
    this.urls = urls;
    return this;
  }

  public SecretDraft notes(SecretText notes) {
    this.notes = notes;
    return this;
  }

  /** Behind the fields that are there. */
  public SecretDraft add(Field field) {
    fields.add(field);
    return this;
  }

  /** Instead of the fields that are there. */
  public SecretDraft fields(List<Field> all) {
    fields.clear();
    fields.addAll(all);
    return this;
  }

  /** Behind the attachments that are there. */
  public SecretDraft add(Attachment attachment) {
    attachments.add(attachment);
    return this;
  }

  /** Instead of the attachments that are there. */
  public SecretDraft attachments(List<Attachment> all) {
    attachments.clear();
    attachments.addAll(all);
    return this;
  }

  /** Fails with {@link MalformedException}: something is longer, or looks other, than it may. */
  public Secret done() {
    return new Secret(
        new Label(type, name, tags),
        new Credentials(login, password, passwordTime, totp, urls),
        notes,
        fields,
        attachments,
        extra);
  }

  @Override
  public String toString() {
    return "SecretDraft[]";
  }
}
