package dev.zamok.hub;

import dev.zamok.hub.endpoint.Tls;
import dev.zamok.protocol.Bytes;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** A certificate of localhost, made once per test run with the JDK's keytool. */
public final class TestTls {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Tls MADE = make();

  private TestTls() {}

  public static Tls get() {
    return MADE;
  }

  private static Tls make() {
    try {
      Path dir = Files.createTempDirectory("zamok-test-tls");
      Path store = dir.resolve("test.p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-alias",
                  "test",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "SAN=dns:localhost,ip:127.0.0.1",
                  "-validity",
                  "365",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  new String(PASSWORD))
              .redirectErrorStream(true)
              .start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IllegalStateException("keytool: " + said);
      }
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD);
      }
      Files.delete(store);
      Files.delete(dir);
      return new Tls(
          pem("CERTIFICATE", keys.getCertificate("test").getEncoded()),
          pem("PRIVATE KEY", keys.getKey("test", PASSWORD).getEncoded()));
    } catch (Exception e) {
      throw new IllegalStateException("no test certificate", e);
    }
  }

  private static Bytes pem(String what, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    return Bytes.wrap(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
