package dev.zamok.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.account.CacheKey;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.InviteCode;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.crypto.epoch.HubShare;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.item.ItemRecord;
import dev.zamok.crypto.link.LinkKey;
import dev.zamok.crypto.message.Message;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.password.Password;
import dev.zamok.crypto.password.PasswordHasher;
import dev.zamok.crypto.password.Phc;
import dev.zamok.crypto.room.RoomInfo;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.row.BlindIndex;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.crypto.row.RowSealer;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.crypto.seal.Seal02;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.Position;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No type that holds a secret shows it in its text. */
class SecretsTest {
  private static final Set<Class<?>> HOLD_SECRETS =
      Set.of(SecretBytes.class, SecretKeySpec.class, Seal01.class, Seal02.class);

  private static final byte[] RAW = new byte[32];

  static {
    new SeededRandom("the secret").nextBytes(RAW);
  }

  static Stream<Arguments> holders() {
    SecretBytes secret = SecretBytes.copyOf(RAW);
    RoomSecret room = new RoomSecret(Fixtures.SEALED, 1, secret);
    AuthorityShare share = new AuthorityShare(Fixtures.SEALED, 1, secret);
    SecretBytes code = secret.slice(0, 16);
    Keyring keyring = new Keyring(Map.of(1, secret), 1);
    Bytes shown = Bytes.copyOf(RAW);
    Phc phc = new Phc(new KdfParams.Pbkdf2(600_000), Bytes.wrap(new byte[16]), shown);
    Message message = new Message(new DeviceId(1), 1, 1, ChainHead.NONE, Position.ZERO, shown);
    return Stream.of(
            secret,
            SigningKey.of(secret),
            AgreementKey.of(secret),
            Fixtures.ALICE,
            room,
            new ItemRecord.Opener(room),
            share,
            new HubShare(shown),
            EpochKey.derive(share, room, new HubShare(shown)),
            Seal01.with(secret),
            Seal02.with(secret),
            message,
            new RoomInfo(1, "the secret name", Fixtures.ALICE.fingerprint()),
            InviteCode.parse(HumanCode.toText(code)),
            LinkKey.parse(link().toBase64Url()),
            UnlockKey.random(fixed()),
            CacheKey.of(UnlockKey.random(fixed()), new AccountId(1, 2)),
            UnlockSecret.recoveryCode(code),
            Keyset.of(Fixtures.ALICE),
            Password.of("the secret name"),
            phc,
            new PasswordHasher(KdfParams.DEFAULT, new SeededRandom("salt")),
            keyring,
            new RowSealer(keyring, new SeededRandom("row")),
            new BlindIndex(keyring, "email"))
        .map(holder -> Arguments.of(holder.getClass().getSimpleName(), holder));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holders")
  void secretIsNotInTheText(String type, Object holder) {
    String text = holder.toString();
    for (String form : forms(RAW)) {
      assertThat(text).as(type).doesNotContain(form);
    }
    for (String form : forms(Fixtures.ALICE.signing().seed().toByteArray())) {
      assertThat(text).as(type).doesNotContain(form);
    }
    assertThat(text).as(type).doesNotContain("the secret name");
  }

  @Test
  void everyTypeWithASecretInsideIsTestedAbove() throws Exception {
    Set<Class<?>> tested = holders().map(a -> a.get()[1].getClass()).collect(Collectors.toSet());
    for (Class<?> type : mainClasses()) {
      boolean holds =
          Arrays.stream(type.getDeclaredFields())
              .filter(field -> !Modifier.isStatic(field.getModifiers()))
              .map(Field::getType)
              .anyMatch(HOLD_SECRETS::contains);
      if (holds) {
        assertThat(tested).as(type.getName()).contains(type);
      }
    }
  }

  @Test
  void failureSaysTheSameWhateverTheCause() {
    assertThat(new CryptoFailure()).hasMessage(CryptoFailure.MESSAGE).hasNoCause();
    assertThat(new CryptoFailure().getStackTrace()).isEmpty();
  }

  /** An id, the secret as key, no flags. */
  private static Bytes link() {
    byte[] raw = new byte[LinkKey.ID_SIZE + LinkKey.KEY_SIZE + 1];
    System.arraycopy(RAW, 0, raw, LinkKey.ID_SIZE, RAW.length);
    return Bytes.wrap(raw);
  }

  private static FixedRandom fixed() {
    return new FixedRandom(Bytes.copyOf(RAW));
  }

  /** The ways in which the first bytes of a secret could get into a text. */
  private static List<String> forms(byte[] secret) {
    byte[] head = Arrays.copyOf(secret, 6);
    String list = Arrays.toString(head);
    return List.of(
        Bytes.copyOf(head).toHex(),
        Base64.getEncoder().encodeToString(head),
        Base64.getUrlEncoder().encodeToString(head),
        list.substring(1, list.length() - 1),
        new String(head, StandardCharsets.ISO_8859_1));
  }

  private static List<Class<?>> mainClasses()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path root =
        Path.of(SecretBytes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      List<String> names =
          files
              .map(file -> root.relativize(file).toString())
              .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
              .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
              .toList();
      List<Class<?>> classes = new ArrayList<>();
      for (String name : names) {
        classes.add(Class.forName(name));
      }
      assertThat(classes).hasSizeGreaterThan(50);
      return classes;
    }
  }
}
