package dev.zamok.authority.node;

import dev.zamok.authority.http.InnerServer;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.identity.SigningKey;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.math.BigInteger;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How authorities of one deployment know each other: all have the same Ed25519 key, from a secret
 * in the store that only the keyring opens, and show it in TLS 1.3 on both sides (RFC 8446 §4.4.2).
 * The key alone counts; names and dates of the certificate say nothing, so wrong clocks do no harm.
 */
final class NodeIdentity {
  private static final String ALIAS = "node";
  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2120-01-01T00:00:00Z");

  /** SubjectPublicKeyInfo of an Ed25519 key, before its 32 bytes (RFC 8410 §4). */
  private static final byte[] SPKI = {0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0};

  private NodeIdentity() {}

  static InnerServer.Identity of(SecretBytes seed) {
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      byte[] raw = seed.toByteArray();
      PrivateKey key =
          factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, raw));
      Arrays.fill(raw, (byte) 0);
      byte[] point = SigningKey.of(seed).publicKey().bytes().toByteArray();
      byte[] encoded = Arrays.copyOf(SPKI, SPKI.length + point.length);
      System.arraycopy(point, 0, encoded, SPKI.length, point.length);
      PublicKey verifying = factory.generatePublic(new X509EncodedKeySpec(encoded));
      return new InnerServer.Identity(
          KeyCertOptions.wrap(new OneKey(key, certificate(key, verifying))),
          TrustOptions.wrap(new OnlyKey(verifying)));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("cannot make the certificate of this authority", e);
    }
  }

  private static X509Certificate certificate(PrivateKey key, PublicKey verifying)
      throws CertificateException, OperatorCreationException {
    X500Name name = new X500Name("CN=zamok authority");
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name, BigInteger.ONE, Date.from(FROM), Date.from(UNTIL), name, verifying);
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("Ed25519").build(key)));
  }

  /** The same for both sides of a connection. */
  private static final class OneKey extends X509ExtendedKeyManager {
    private final PrivateKey key;
    private final X509Certificate certificate;

    OneKey(PrivateKey key, X509Certificate certificate) {
      this.key = key;
      this.certificate = certificate;
    }

    private static boolean fits(String keyType) {
      return keyType.equals("EdDSA") || keyType.equals("Ed25519");
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
      return fits(keyType) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
      return Arrays.stream(keyTypes).anyMatch(OneKey::fits) ? ALIAS : null;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return Arrays.stream(keyTypes).anyMatch(OneKey::fits) ? ALIAS : null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return fits(keyType) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {certificate};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }

  private static final class OnlyKey extends X509ExtendedTrustManager {
    private final PublicKey expected;

    OnlyKey(PublicKey expected) {
      this.expected = expected;
    }

    /** TLS itself demands a signature by the key of the first certificate. */
    private void check(X509Certificate[] chain) throws CertificateException {
      if (chain.length != 1 || !chain[0].getPublicKey().equals(expected)) {
        throw new CertificateException("not an authority of this deployment");
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
