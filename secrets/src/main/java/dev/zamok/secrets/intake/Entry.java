package dev.zamok.secrets.intake;

import dev.zamok.client.secret.Credentials;
import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.Label;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.client.secret.SecretDraft;
import dev.zamok.client.secret.SecretRules;
import dev.zamok.client.secret.SecretText;
import dev.zamok.protocol.MalformedException;
import dev.zamok.secrets.totp.TotpSeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of a foreign file on its way to a {@link Secret}. Each value is taken whole or not at
 * all; what does not fit is reported, never cut. Control characters that no text may have are
 * dropped and reported; in a password they keep it out.
 */
public final class Entry {
  /** A password that is newer has no time that anybody could mean. */
  private static final Instant TIME_END = Instant.parse("9999-01-01T00:00:00Z");

  private final Intake intake;
  private final String shown;
  private final SecretDraft draft;
  private final List<Field> fields = new ArrayList<>();
  private final Set<String> urls = new LinkedHashSet<>();
  private final Set<String> tags = new LinkedHashSet<>();
  private List<String> folders = List.of();

  Entry(Intake intake, String name) {
    this.intake = intake;
    String clean = SecretRules.cleanLine(name);
    String fit = Lines.cut(clean, Label.NAME_CHARACTERS_MAX);
    this.shown = fit.isEmpty() ? "Untitled" : fit;
    this.draft = Secret.named(shown);
    if (!fit.equals(clean)) {
      omit("the end of a name that is too long");
    }
  }

  /** The type is a plain name of {@link Label}. */
  public Entry type(String type) {
    draft.type(type);
    return this;
  }

  /** Reports something of this entry that stays behind, in words without any value. */
  public Entry omit(String what) {
    intake.omit(shown, what);
    return this;
  }

  /** The outermost first; empty names are passed over. */
  public Entry folders(List<String> path) {
    List<String> fit =
        path.stream()
            .map(name -> Lines.cut(name, ImportLimits.FOLDER_CHARACTERS_MAX))
            .filter(name -> !name.isEmpty())
            .toList();
    if (fit.size() > ImportLimits.FOLDERS_DEEP_MAX) {
      omit("folders deeper than " + ImportLimits.FOLDERS_DEEP_MAX);
      fit = fit.subList(0, ImportLimits.FOLDERS_DEEP_MAX);
    }
    folders = fit;
    return this;
  }

  public Entry login(String login) {
    String clean = SecretRules.cleanLine(login);
    if (fits("a login", clean, Credentials.LOGIN_CHARACTERS_MAX)) {
      draft.login(clean);
    }
    return this;
  }

  public Entry password(String password) {
    if (!SecretRules.cleanLines(password).equals(password)) {
      return omit("a password with control characters");
    }
    if (fits("a password", password, Credentials.PASSWORD_CHARACTERS_MAX)) {
      draft.password(SecretText.of(password));
    }
    return this;
  }

  /** Since when the password is as it is. */
  public Entry passwordTime(Instant time) {
    Instant millis = time.truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    if (millis.isAfter(Instant.EPOCH) && millis.isBefore(TIME_END)) {
      draft.passwordTime(Optional.of(millis));
    }
    return this;
  }

  /** An {@code otpauth} URI or a bare seed. What gives no codes is kept as hidden field. */
  public Entry totp(String seed) {
    String clean = SecretRules.cleanLine(seed);
    if (clean.isEmpty()) {
      return this;
    }
    try {
      boolean uri = clean.regionMatches(true, 0, "otpauth:", 0, 8);
      TotpSeed parsed = uri ? TotpSeed.parse(SecretText.of(clean)) : TotpSeed.ofBase32(clean);
      draft.totp(uri && clean.startsWith("otpauth://") ? SecretText.of(clean) : parsed.toUri());
      return this;
    } catch (MalformedException e) {
      omit("a one-time seed of a kind that is not known: kept as hidden field");
      return field("One-time seed", seed, true);
    }
  }

  public Entry totp(TotpSeed seed) {
    draft.totp(seed.toUri());
    return this;
  }

  public Entry url(String url) {
    String clean = SecretRules.cleanLine(url);
    if (!clean.isEmpty() && fits("a URL", clean, Credentials.URL_CHARACTERS_MAX)) {
      if (urls.size() == Credentials.URLS_MAX && !urls.contains(clean)) {
        return omit("a URL beyond " + Credentials.URLS_MAX);
      }
      urls.add(clean);
    }
    return this;
  }

  public Entry tag(String tag) {
    String clean = SecretRules.cleanLine(tag);
    if (!clean.isEmpty() && fits("a tag", clean, Label.TAG_CHARACTERS_MAX)) {
      if (tags.size() == Label.TAGS_MAX && !tags.contains(clean)) {
        return omit("a tag beyond " + Label.TAGS_MAX);
      }
      tags.add(clean);
    }
    return this;
  }

  public Entry notes(String notes) {
    String clean = clean("notes", notes);
    if (fits("notes", clean, Secret.NOTES_CHARACTERS_MAX)) {
      draft.notes(SecretText.of(clean));
    }
    return this;
  }

  /** A field without a name is called "Field"; without a value it is still taken. */
  public Entry field(String name, String value, boolean hidden) {
    String label = Lines.cut(name, Field.NAME_CHARACTERS_MAX);
    String clean = clean("a field", value);
    if (fields.size() == Secret.FIELDS_MAX) {
      return omit("a field beyond " + Secret.FIELDS_MAX);
    }
    if (fits("a field", clean, Field.VALUE_CHARACTERS_MAX)) {
      String called = label.isEmpty() ? "Field" : label;
      fields.add(hidden ? Field.hidden(called, clean) : Field.shown(called, clean));
    }
    return this;
  }

  /** As {@link #field}, unless there is nothing to take. */
  public Entry fieldIfAny(String name, String value, boolean hidden) {
    return value.isEmpty() ? this : field(name, value, hidden);
  }

  /** Takes the entry; nothing may be added afterwards. */
  public void done() {
    Secret secret;
    try {
      secret = draft.urls(List.copyOf(urls)).tags(List.copyOf(tags)).fields(fields).done();
      SecretCodec.encode(secret);
    } catch (MalformedException e) {
      omit("the whole entry: a part of it, or all, is larger than a secret may be");
      return;
    }
    intake.take(new PlacedSecret(folders, secret));
  }

  private String clean(String what, String text) {
    String clean = SecretRules.cleanLines(text);
    if (!clean.equals(text.replace("\r\n", "\n").replace('\r', '\n'))) {
      omit("control characters in " + what);
    }
    return clean;
  }

  private boolean fits(String what, String text, int max) {
    if (text.length() > max) {
      omit(what + " of more than " + max + " characters");
      return false;
    }
    return true;
  }
}
