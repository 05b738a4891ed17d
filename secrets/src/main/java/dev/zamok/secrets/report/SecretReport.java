package dev.zamok.secrets.report;

import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretText;
import dev.zamok.secrets.strength.Strength;
import dev.zamok.secrets.strength.StrengthMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the passwords of many secrets are worth; nothing of it leaves the device, and no password is
 * in it.
 *
 * @param weak below {@link Strength.Grade#FAIR}, the weakest first
 * @param reused groups of two or more that have one password
 * @param old unchanged for longer than asked, the oldest first
 * @param undated secrets with a password whose age nobody knows
 */
public record SecretReport<T>(
    List<Weak<T>> weak, List<List<T>> reused, List<Old<T>> old, List<T> undated) {
  /** Passwords are asked to be changed after this, unless another age is given. */
  public static final Duration AGE_DEFAULT = Duration.ofDays(365);

  /** One password that is too easy to guess. */
  public record Weak<T>(T what, Strength strength) {}

  /** One password that is too old. */
  public record Old<T>(T what, Duration age) {}

  /** Slow, as the meter is. Secrets without a password are passed over. */
  public static <T> SecretReport<T> of(
      List<T> all, Function<T, Secret> secretOf, StrengthMeter meter, Instant now, Duration age) {
    List<Weak<T>> weak = new ArrayList<>();
    // By the text itself: secrets hash by length, which would make long lists slow.
    Map<String, List<T>> same = new LinkedHashMap<>();
    List<Old<T>> old = new ArrayList<>();
    List<T> undated = new ArrayList<>();
    Map<String, Strength> judged = new LinkedHashMap<>();
    for (T one : all) {
      Secret secret = secretOf.apply(one);
      SecretText password = secret.credentials().password();
      if (password.isEmpty()) {
        continue;
      }
      Strength strength = judged.computeIfAbsent(password.reveal(), p -> meter.of(password));
      if (strength.grade().compareTo(Strength.Grade.FAIR) < 0) {
        weak.add(new Weak<>(one, strength));
      }
      same.computeIfAbsent(password.reveal(), p -> new ArrayList<>()).add(one);
      secret
          .credentials()
          .passwordTime()
          .ifPresentOrElse(
              since -> {
                if (Duration.between(since, now).compareTo(age) > 0) {
                  old.add(new Old<>(one, Duration.between(since, now)));
                }
              },
              () -> undated.add(one));
    }
    weak.sort((a, b) -> Integer.compare(a.strength().bits(), b.strength().bits()));
    old.sort((a, b) -> b.age().compareTo(a.age()));
    List<List<T>> reused =
        same.values().stream().filter(group -> group.size() > 1).map(List::copyOf).toList();
    return new SecretReport<>(List.copyOf(weak), reused, List.copyOf(old), List.copyOf(undated));
  }

  /** Tells how many alone. */
  @Override
  public String toString() {
    return "SecretReport[weak="
        + weak.size()
        + ", reused="
        + reused.size()
        + ", old="
        + old.size()
        + ", undated="
        + undated.size()
        + "]";
  }
}
