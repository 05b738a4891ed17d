package dev.zamok.authority;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** A self-signed certificate of {@code localhost}, and its key. */
public record TestPem(Path certificate, Path key) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** By the tool that comes with every JDK. */
  public static TestPem make(Path directory) {
    Path certificate = directory.resolve("certificate.pem");
    Path key = directory.resolve("key.pem");
    try {
      makePem(directory, certificate, key);
    } catch (Exception e) {
      throw new IllegalStateException("no certificate was made", e);
    }
    return new TestPem(certificate, key);
  }

  private static void makePem(Path directory, Path certificate, Path key) throws Exception {
    Path store = directory.resolve("made.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "made",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool failed");
    }
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD);
    }
    write(certificate, "CERTIFICATE", made.getCertificate("made").getEncoded());
    write(key, "PRIVATE KEY", made.getKey("made", PASSWORD).getEncoded());
  }

  private static void write(Path file, String kind, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }
}
