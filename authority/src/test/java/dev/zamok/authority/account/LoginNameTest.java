package dev.zamok.authority.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginNameTest {
  @Test
  void namesAreTheSameWithoutRegardToCaseAndForm() {
    assertThat(folded("Straße")).isEqualTo(folded("STRASSE"));
    assertThat(folded("ΣΊΣΥΦΟΣ")).isEqualTo(folded("σίσυφοσ"));
    assertThat(folded("ﬁona")).isEqualTo(folded("FIONA"));
    assertThat(folded("e\u0301va")).isEqualTo(folded("Éva"));
    assertThat(folded("ada")).isNotEqualTo(folded("adа"));
  }

  @Test
  void namesKeepTheirSpellingForShow() {
    assertThat(LoginName.parse("  Ada Lovelace ").orElseThrow().shown()).isEqualTo("Ada Lovelace");
  }

  @Test
  void textThatCannotBeANameIsRefused() {
    assertThat(LoginName.parse("")).isEmpty();
    assertThat(LoginName.parse("   ")).isEmpty();
    assertThat(LoginName.parse("x".repeat(129))).isEmpty();
    assertThat(LoginName.parse("\ufdfa".repeat(128))).as("grows when normalised").isEmpty();
    assertThat(LoginName.parse("a\u0000b")).isEmpty();
    assertThat(LoginName.parse("a\ud800b")).isEmpty();
  }

  @Test
  void aNameStaysOutOfLogs() {
    assertThat(LoginName.parse("ada").orElseThrow().toString()).doesNotContain("ada");
  }

  private static String folded(String typed) {
    return LoginName.parse(typed).orElseThrow().folded();
  }
}
