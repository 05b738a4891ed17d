package dev.zamok.secrets.kdbx;

import dev.zamok.protocol.MalformedException;
import dev.zamok.secrets.intake.Entry;
import dev.zamok.secrets.intake.Intake;
import dev.zamok.secrets.totp.TotpSeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An entry while it is read, with its earlier versions. */
final class KdbxEntry {
  private static final List<String> STANDARD =
      List.of("Title", "UserName", "Password", "URL", "Notes");
  private static final String BASE32 = "TimeOtp-Secret-Base32";

  private final Map<String, Value> values = new LinkedHashMap<>();
  final List<KdbxEntry> earlier = new ArrayList<>();
  String tags = "";
  int attachments;
  boolean expires;
  @Nullable Instant modified;
  @Nullable Instant expiry;

  private record Value(String text, boolean hidden) {
    @Override
    public String toString() {
      return "Value[]";
    }
  }

  void put(String key, String text, boolean hidden) {
    values.put(key, new Value(text, hidden));
  }

  void take(Intake intake, List<String> groups, boolean binned) {
    Entry taken = intake.entry(name());
    if (binned) {
      taken.omit("the whole entry: it was in the recycle bin");
      return;
    }
    taken.folders(groups).login(text("UserName")).password(text("Password")).notes(text("Notes"));
    taken.url(text("URL"));
    Instant since = passwordSince();
    if (since != null && !text("Password").isEmpty()) {
      taken.passwordTime(since);
    }
    for (String tag : tags.split("[;,]", -1)) {
      taken.tag(tag);
    }
    boolean seeded = seed(taken);
    values.forEach(
        (key, value) -> {
          if (key.startsWith("KP2A_URL")) {
            taken.url(value.text);
          } else if (!STANDARD.contains(key) && !(seeded && isSeed(key))) {
            taken.field(key, value.text, value.hidden);
          }
        });
    if (expires && expiry != null) {
      taken.field("Expires", expiry.toString(), false);
    }
    if (attachments > 0) {
      taken.omit("attachments: " + attachments);
    }
    if (!earlier.isEmpty()) {
      taken.omit("earlier versions: " + earlier.size());
    }
    taken.done();
  }

  /** KeePassXC writes a URI, KeePass a seed with settings, older plug-ins a bare seed. */
  private boolean seed(Entry taken) {
    if (!text("otp").isEmpty()) {
      taken.totp(text("otp"));
      return true;
    }
    try {
      if (!text(BASE32).isEmpty()) {
        String algorithm = text("TimeOtp-Algorithm").replace("HMAC-", "").replace("-", "");
        String digits = text("TimeOtp-Length");
        String period = text("TimeOtp-Period");
        taken.totp(
            TotpSeed.parse(
                dev.zamok.client.secret.SecretText.of(
                    "otpauth://totp/?secret="
                        + text(BASE32).replaceAll("[^A-Za-z2-7]", "")
                        + (algorithm.isEmpty() ? "" : "&algorithm=" + algorithm)
                        + (digits.isEmpty() ? "" : "&digits=" + digits)
                        + (period.isEmpty() ? "" : "&period=" + period))));
        return true;
      }
      if (!text("TOTP Seed").isEmpty() && text("TOTP Settings").matches("|30;6")) {
        taken.totp(TotpSeed.ofBase32(text("TOTP Seed")));
        return true;
      }
    } catch (MalformedException e) {
      taken.omit("a one-time seed of a kind that is not known: kept as fields");
    }
    return false;
  }

  private static boolean isSeed(String key) {
    return key.equals("otp") || key.startsWith("TimeOtp-") || key.startsWith("TOTP Se");
  }

  /** The oldest version with this password after which it never changed. */
  private @Nullable Instant passwordSince() {
    Instant since = modified;
    for (int i = earlier.size() - 1; i >= 0; i--) {
      if (!Objects.equals(earlier.get(i).text("Password"), text("Password"))) {
        break;
      }
      since = earlier.get(i).modified;
    }
    return since;
  }

  private String name() {
    for (String key : List.of("Title", "URL", "UserName")) {
      if (!text(key).isBlank()) {
        return text(key);
      }
    }
    return "";
  }

  private String text(String key) {
    Value value = values.get(key);
    return value == null ? "" : value.text;
  }

  @Override
  public String toString() {
    return "KdbxEntry[]";
  }
}
