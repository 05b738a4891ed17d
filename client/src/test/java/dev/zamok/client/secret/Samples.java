package dev.zamok.client.secret;

import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.content.Extra;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Secrets that the tests and the vectors share. */
final class Samples {
  static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  private Samples() {}

  static Map<String, Secret> all() {
    Map<String, Secret> all = new LinkedHashMap<>();
    all.put("nothing but a name", Secret.named("Router").done());
    all.put(
        "a note", Secret.named("Door").type(Label.NOTE).notes(text("left\n\tthen 4711")).done());
    all.put("everything", everything());
    all.put(
        "characters of every width",
        Secret.named("Ключ \"鍵\" \\ 🔑").password(text("пароль/\u2028🔑\u00a0")).done());
    all.put("exactly one block", oneBlock(0));
    all.put("one byte more than a block", oneBlock(1));
    all.put("what a later version adds", later());
    return all;
  }

  static Secret everything() {
    return Secret.named("Mail")
        .tags(List.of("work", "shared"))
        .login("alice@example.org")
        .password(text("correct horse battery staple"))
        .passwordTime(Optional.of(TIME))
        .totp(text("otpauth://totp/Mail:alice?secret=JBSWY3DPEHPK3PXP&issuer=Mail"))
        .urls(List.of("https://mail.example.org/", "imaps://imap.example.org"))
        .notes(text("ask Bob"))
        .add(Field.shown("Customer", "C-17"))
        .add(Field.hidden("PIN", "0000"))
        .add(Field.hidden("PIN", ""))
        .add(new Attachment(new ItemId(1, 2), "scan of the contract.pdf", Extra.NONE))
        .done();
  }

  private static Secret oneBlock(int more) {
    int rest = "{\"type\":\"login\",\"name\":\"a\",\"password\":\"\"}".length();
    return Secret.named("a").password(text("x".repeat(256 - rest + more))).done();
  }

  private static Secret later() {
    Secret made = Secret.named("Later").add(Field.shown("a", "b")).done();
    Field field = new Field("a", text("b"), true, new Extra(Map.of("colour", "red")));
    return new Secret(
        made.label(),
        made.credentials(),
        made.notes(),
        List.of(field),
        List.of(),
        new Extra(Map.of("passkeys", List.of(Map.of("site", "example.org")))));
  }

  static SecretText text(String text) {
    return SecretText.of(text);
  }
}
