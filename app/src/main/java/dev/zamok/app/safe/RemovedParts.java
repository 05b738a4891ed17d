package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretDraft;
import dev.zamok.client.secret.SecretText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Parts that a secret is to have no more; earlier versions keep them. */
final class RemovedParts {
  @Option(names = "--remove-field", paramLabel = "NAME", description = "May be repeated.")
  private List<String> fields = new ArrayList<>();

  @Option(names = "--remove-tag", paramLabel = "TAG", description = "May be repeated.")
  private List<String> tags = new ArrayList<>();

  @Option(names = "--remove-url", paramLabel = "URL", description = "May be repeated.")
  private List<String> urls = new ArrayList<>();

  @Option(names = "--remove-totp", description = "The seed of one-time codes.")
  private boolean totp;

  /** Whether the tags that are named beside are added to those that are left. */
  boolean keepsTags() {
    return !tags.isEmpty();
  }

  /** As {@link #keepsTags}, of URLs. */
  boolean keepsUrls() {
    return !urls.isEmpty();
  }

  /** Fails with {@link UserError} when one is not there. */
  void apply(Secret from, SecretDraft draft) {
    if (!fields.isEmpty()) {
      draft.fields(fields(from.fields()));
    }
    if (!tags.isEmpty()) {
      draft.tags(without("tag", from.label().tags(), tags));
    }
    if (!urls.isEmpty()) {
      draft.urls(without("URL", from.credentials().urls(), urls));
    }
    if (totp) {
      if (from.credentials().totp().equals(SecretText.EMPTY)) {
        throw new UserError("it has no seed of one-time codes", UserError.NOT_FOUND);
      }
      draft.totp(SecretText.EMPTY);
    }
  }

  private List<Field> fields(List<Field> there) {
    List<String> left = without("field", there.stream().map(Field::name).toList(), fields);
    return there.stream().filter(field -> left.contains(field.name())).toList();
  }

  private static List<String> without(String what, List<String> there, List<String> removed) {
    for (String one : removed) {
      if (!there.contains(one)) {
        throw new UserError("it has no " + what + " " + Visible.line(one), UserError.NOT_FOUND);
      }
    }
    return there.stream().filter(one -> !removed.contains(one)).toList();
  }
}
