package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A person or a group, whichever is named. */
record Whom(@Nullable String login, @Nullable String group) {
  /** Fails with {@link UserError} unless it is one of them. */
  Whom {
    if ((login == null) == (group == null)) {
      throw new UserError("name a login or a group", 2);
    }
  }

  /** Where no group is named. */
  String person() {
    return Objects.requireNonNull(login);
  }
}
