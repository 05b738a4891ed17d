package dev.zamok.crypto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.util.Random;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.zamok.crypto");

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.zamok.crypto.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void groundDependsOnNoConstruct() {
    noClasses()
        .that()
        .resideInAPackage("dev.zamok.crypto")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.zamok.crypto.(*)..")
        .check(CLASSES);
  }

  @Test
  void randomnessIsAlwaysInjected() {
    noClasses().should().callConstructor(SecureRandom.class).check(CLASSES);
    noClasses().should().callConstructor(Random.class).check(CLASSES);
    noClasses().should().callMethod(SecureRandom.class, "getInstanceStrong").check(CLASSES);
  }

  @Test
  void onlyTheSealsEncrypt() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.zamok.crypto.seal")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Cipher.class)
        .check(CLASSES);
  }

  @Test
  void bouncyCastleIsALibraryAndNoProvider() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle.jce..", "org.bouncycastle.jcajce..")
        .check(CLASSES);
  }

  @Test
  void nothingDoesInputOrOutputOrStartsThreads() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .check(CLASSES);
  }
}
