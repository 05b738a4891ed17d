package dev.zamok.load.jmh;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.crypto.epoch.HubShare;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.message.Message;
import dev.zamok.crypto.message.MessageAddress;
import dev.zamok.crypto.message.MessageEnvelope;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a client does for each message, and its parts. Contents are 128 bytes, as in {@code bench}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CryptoBenchmark {
  private static final RoomId ROOM = new RoomId(1L << 56, 7);
  private static final Bytes CONTEXT = Bytes.wrap(new byte[60]);

  private final SecureRandom random = new SecureRandom();
  private final Identity author = identity();
  private final SigningKey signing = author.signing();
  private final AuthorityShare share = AuthorityShare.random(ROOM, 1, random);
  private final RoomSecret secret = RoomSecret.random(ROOM, 1, random);
  private final HubShare hubShare = HubShare.random(random);
  private final EpochKey key = EpochKey.derive(share, secret, hubShare);
  private final MessageAddress address =
      MessageAddress.message(new MemberTag(3), new MessageId(1, 2));
  private final Message message =
      new Message(
          new DeviceId(4),
          1,
          1_700_000_000_000L,
          ChainHead.NONE,
          Position.ZERO,
          Bytes.wrap(new byte[128]));
  private final Bytes envelope = MessageEnvelope.seal(key, address, message, author, random);
  private final Bytes toSign = Bytes.wrap(new byte[114]);
  private final Bytes signature = signing.sign(toSign);
  private final Seal01 seal = Seal01.with(SecretBytes.random(random, 32));
  private final Bytes sealedSmall = seal.seal(CONTEXT, new byte[256], random);
  private final Bytes sealedLarge = seal.seal(CONTEXT, new byte[16_384], random);

  private Identity identity() {
    SigningKey signingKey = SigningKey.generate(random);
    AgreementKey agreement = AgreementKey.generate(random);
    return new Identity(
        Card.first(new AccountId(1, 2), signingKey, agreement), signingKey, agreement);
  }

  /** Pad, sign, encrypt. */
  @Benchmark
  public Bytes clientSealsAMessage() {
    return MessageEnvelope.seal(key, address, message, author, random);
  }

  /** Decrypt, verify, parse: for each message that a member receives. */
  @Benchmark
  public Message clientOpensAMessage() {
    return MessageEnvelope.open(key, address, author.card(), envelope);
  }

  @Benchmark
  public Bytes sign() {
    return signing.sign(toSign);
  }

  @Benchmark
  public void verify() {
    signing.publicKey().verify(toSign, signature);
  }

  @Benchmark
  public byte[] open256Bytes() {
    return seal.open(CONTEXT, sealedSmall);
  }

  @Benchmark
  public Bytes seal256Bytes() {
    return seal.seal(CONTEXT, new byte[256], random);
  }

  @Benchmark
  public byte[] open16KiB() {
    return seal.open(CONTEXT, sealedLarge);
  }

  @Benchmark
  public EpochKey deriveTheKeyOfAnEpoch() {
    return EpochKey.derive(share, secret, hubShare);
  }
}
