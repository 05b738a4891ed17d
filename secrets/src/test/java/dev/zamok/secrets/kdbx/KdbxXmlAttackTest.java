package dev.zamok.secrets.kdbx;

import static dev.zamok.secrets.Files.shown;
import static dev.zamok.secrets.Files.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.ImportLimits;
import dev.zamok.secrets.intake.Intake;
import java.io.ByteArrayInputStream;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class KdbxXmlAttackTest {
  private static final String ENTRY =
      "<KeePassFile><Root><Group><Entry><String><Key>Password</Key><Value>%s</Value></String>"
          + "</Entry></Group></Root></KeePassFile>";

  @Test
  void externalEntityIsNotRead() {
    assertRefused(
        "<!DOCTYPE KeePassFile [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
            + ENTRY.formatted("&x;"));
  }

  @Test
  void entitiesDoNotMultiply() {
    assertRefused(
        "<!DOCTYPE KeePassFile [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;\">]>"
            + ENTRY.formatted("&c;"));
  }

  @Test
  void entityThatNobodyDeclaredIsRefused() {
    assertRefused(ENTRY.formatted("&x;"));
  }

  @Test
  void nestingWithoutEndEndsAtTheLimit() {
    assertRefused("<KeePassFile>" + "<Group>".repeat(ImportLimits.DEPTH_MAX + 1));
  }

  @Test
  void brokenDocumentIsQuotedNowhere() {
    assertRefused(ENTRY.formatted("hunter2</hunter2>"));
    assertRefused(ENTRY.formatted("hunter2").replace("<Root>", "<Root hunter2>"));
    assertRefused("<hunter2/>");
  }

  @Test
  void protectedValueThatIsNoBase64IsQuotedNowhere() {
    assertRefused(ENTRY.formatted("hunter2!").replace("<Value>", "<Value Protected=\"True\">"));
  }

  private static void assertRefused(String xml) {
    Throwable thrown =
        catchThrowable(
            () ->
                new KdbxXml(new Intake(), UnaryOperator.identity())
                    .read(new ByteArrayInputStream(utf8(xml))));
    assertThat(thrown).isInstanceOf(ImportFailure.class).hasNoCause();
    assertThat(shown(thrown)).doesNotContain("hunter2", "root:");
  }
}
