package dev.zamok.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The arrows of the design, once more on the byte code: what Enforcer cannot see inside one module.
 */
class ArchitectureTest {
  private static final JavaClasses ZAMOK =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.zamok");

  private static final Map<String, List<String>> MAY_SEE =
      Map.of(
          "protocol", List.of(),
          "crypto", List.of("protocol"),
          "roomlog", List.of("protocol"),
          "hub", List.of("protocol", "roomlog"),
          "authority", List.of("protocol", "crypto", "roomlog"),
          "client", List.of("protocol", "crypto"),
          "secrets", List.of("protocol", "crypto", "client"),
          "cluster", List.of());

  @Test
  void everyModuleIsLookedAt() {
    for (String module : MAY_SEE.keySet()) {
      assertThat(ZAMOK.stream().filter(c -> c.getPackageName().startsWith("dev.zamok." + module)))
          .as(module)
          .isNotEmpty();
    }
  }

  @Test
  void dependenciesPointOneWay() {
    MAY_SEE.forEach(
        (module, others) -> {
          String[] allowed =
              java.util.stream.Stream.concat(
                      others.stream().map(other -> "dev.zamok." + other + ".."),
                      java.util.stream.Stream.of("dev.zamok." + module + ".."))
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage("dev.zamok." + module + "..")
              .should()
              .dependOnClassesThat(
                  resideInAnyPackage("dev.zamok..").and(resideOutsideOfPackages(allowed)))
              .check(ZAMOK);
        });
  }

  @Test
  void packagesOfAModuleFormNoCycles() {
    for (String module : MAY_SEE.keySet()) {
      slices()
          .matching("dev.zamok." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(ZAMOK);
    }
  }

  @Test
  void onlyTheAdapterPackagesTouchTheDrivers() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.zamok.roomlog.sqlite..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.sqlite..")
        .check(ZAMOK);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.zamok.roomlog.redis..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.redis..")
        .check(ZAMOK);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.zamok.roomlog.sqlite..",
            "dev.zamok.roomlog.local..",
            "dev.zamok.authority.store.local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..")
        .check(ZAMOK);
  }

  @Test
  void onlyTheStoreOnCassandraTouchesItsDriver() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.zamok.authority.store.cassandra..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.datastax..", "io.vertx.cassandra..")
        .check(ZAMOK);
  }

  @Test
  void onlyItsAdapterOfTheSecretsTouchesALibrary() {
    Map<String, String> adapters =
        Map.of(
            "org.linguafranca..", "dev.zamok.secrets.kdbx..",
            "org.apache.commons.csv..", "dev.zamok.secrets.csv..",
            "com.eatthepath.otp..", "dev.zamok.secrets.totp..");
    adapters.forEach(
        (library, adapter) ->
            noClasses()
                .that()
                .resideOutsideOfPackage(adapter)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .check(ZAMOK));
  }

  @Test
  void theSecretsReachNoNetwork() {
    noClasses()
        .that()
        .resideInAPackage("dev.zamok.secrets..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "java.nio.channels..", "javax.net..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(java.net.Socket.class, java.net.URL.class, java.net.URLConnection.class)
        .check(ZAMOK);
  }

  @Test
  void theHubCannotDecrypt() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.zamok.hub..", "dev.zamok.roomlog..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.crypto..", "org.bouncycastle..", "dev.zamok.crypto..")
        .check(ZAMOK);
  }

  @Test
  void nothingSleepsOrBlocksOnAFuture() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.zamok.protocol..",
            "dev.zamok.crypto..",
            "dev.zamok.roomlog..",
            "dev.zamok.hub..",
            "dev.zamok.authority..",
            "dev.zamok.client..",
            "dev.zamok.secrets..")
        // Its close() is called on a thread of the user's and says that it blocks.
        .and()
        .doNotHaveFullyQualifiedName("dev.zamok.client.ZamokClient")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(io.vertx.core.Future.class, "await")
        .orShould()
        .callMethod(java.util.concurrent.Future.class, "get")
        .orShould()
        .callMethod(java.util.concurrent.CompletableFuture.class, "get")
        .orShould()
        .callMethod(java.util.concurrent.CompletableFuture.class, "join")
        .check(ZAMOK);
  }

  @Test
  void everyPackageSaysThatNothingIsNull() {
    classes()
        .that()
        .resideInAPackage("dev.zamok..")
        .should(
            new com.tngtech.archunit.lang.ArchCondition<>("live in a @NullMarked package") {
              @Override
              public void check(
                  com.tngtech.archunit.core.domain.JavaClass item,
                  com.tngtech.archunit.lang.ConditionEvents events) {
                boolean marked =
                    item.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                events.add(
                    new com.tngtech.archunit.lang.SimpleConditionEvent(
                        item, marked, item.getName() + " is in an unmarked package"));
              }
            })
        .check(ZAMOK);
  }
}
