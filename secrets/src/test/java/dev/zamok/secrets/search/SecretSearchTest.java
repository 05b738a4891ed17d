package dev.zamok.secrets.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretText;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SecretSearchTest {
  private static final List<Secret> ALL =
      List.of(
          Secret.named("Old mail").login("bob").done(),
          Secret.named("Mail").login("alice@example.org").done(),
          Secret.named("Mailing list").done(),
          Secret.named("Webmail").done(),
          Secret.named("Provider").urls(List.of("https://mail.example.net/login")).done(),
          Secret.named("Router").tags(List.of("mail")).done(),
          Secret.named("Café Ünlü").login("gmail@example.org").done(),
          Secret.named("Bank")
              .password(SecretText.of("mail"))
              .notes(SecretText.of("mail"))
              .add(Field.hidden("mail", "mail"))
              .done());

  @Test
  void theBestComesFirst() {
    assertThat(names("mail"))
        .containsExactly(
            "Mail", "Mailing list", "Old mail", "Router", "Provider", "Webmail", "Café Ünlü");
  }

  @Test
  void everyWordMustOccur() {
    assertThat(names("mail example.net")).containsExactly("Provider");
    assertThat(names("mail nowhere")).isEmpty();
  }

  @Test
  void caseAndAccentsDoNotMatter() {
    assertThat(names("CAFE unlu")).containsExactly("Café Ünlü");
  }

  @Test
  void nothingHiddenIsFound() {
    assertThat(names("mail")).doesNotContain("Bank");
  }

  @Test
  void withoutAQueryAllComeByName() {
    assertThat(names(" ")).hasSize(ALL.size()).startsWith("Bank", "Café Ünlü", "Mail");
  }

  @Test
  void charactersOfPatternsAreLetters() {
    assertThat(names(".*")).isEmpty();
    assertThat(names("[")).isEmpty();
    assertThat(names("m".repeat(100_000))).isEmpty();
  }

  private static List<String> names(String query) {
    return SecretSearch.find(query, ALL, Function.identity()).stream().map(Secret::name).toList();
  }
}
