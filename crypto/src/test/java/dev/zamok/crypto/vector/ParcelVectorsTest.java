package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.parcel.Parcel;
import dev.zamok.crypto.parcel.ParcelAddress;
import dev.zamok.protocol.Bytes;
import java.util.Arrays;

class ParcelVectorsTest extends VectorContract {
  private static final int WRAPPED = 81;
  private static final int SIGNATURE = 64;

  @Override
  String construct() {
    return "parcel";
  }

  @Override
  String description() {
    return "sender leaves a copy of content for recipient; random = key 32, ephemeral X25519 key 32,"
        + " salt 32; wrapped = enc ‖ ct";
  }

  @Override
  void define(VectorSet set) {
    Fields sender = People.inputs("alice", 1);
    Fields recipient = People.inputs("bob", 2);
    Fields inputs =
        new Fields()
            .put("sender", sender)
            .put("recipient", recipient)
            .put("id", People.random("parcel id", 16))
            .putU64("expiry", 1_800_000_000_000L)
            .put("content", Bytes.fromHex("7b7d"))
            .put("random", People.random("parcel random", 96));
    Fields made = set.ok("a secret", inputs);
    set.ok("nothing, padded", inputs.with(new Fields().put("content", Bytes.EMPTY)));
    set.fails("signature changed", "crypto", made, flipped(made, "parcel"));
    set.fails("another recipient", "crypto", made, new Fields().put("recipient", sender));
    set.fails("another sender", "crypto", made, new Fields().put("sender", recipient));
    set.fails("another id", "crypto", made, flipped(made, "id"));
    set.fails("a longer life", "crypto", made, new Fields().putU64("expiry", 1_900_000_000_000L));
    byte[] version = made.bytes("parcel").toByteArray();
    version[0] = 2;
    set.fails("unknown version", "crypto", made, new Fields().put("parcel", Bytes.wrap(version)));
    Bytes cut = made.bytes("parcel").slice(0, 140);
    set.fails("cut", "crypto", made, new Fields().put("parcel", cut));
    byte[] lowOrder = made.bytes("parcel").toByteArray();
    Arrays.fill(lowOrder, 1, 33, (byte) 0);
    set.fails(
        "an ephemeral key of low order, signed",
        "crypto",
        made,
        new Fields().put("parcel", signed(made, Bytes.wrap(lowOrder))));
  }

  /** With the sender's signature over what it has become. */
  private static Bytes signed(Fields in, Bytes parcel) {
    Bytes sealed = parcel.slice(1, parcel.size() - SIGNATURE);
    Bytes signature = People.identity(in.object("sender")).sign(toSign(in, sealed));
    byte[] out = parcel.toByteArray();
    signature.copyTo(out, out.length - SIGNATURE);
    return Bytes.wrap(out);
  }

  private static Bytes info(Fields in) {
    return Hash.of(
            Context.of("parcel")
                .bytes(in.bytes("id"))
                .u64(in.u64("expiry"))
                .bytes(People.identity(in.object("recipient")).fingerprint().bytes())
                .bytes(People.identity(in.object("sender")).fingerprint().bytes())
                .toBytes())
        .bytes();
  }

  private static Bytes toSign(Fields in, Bytes sealed) {
    return Context.of("parcel-sig").bytes(info(in)).hash(Hash.of(sealed)).toBytes();
  }

  @Override
  Fields compute(Fields in) {
    FixedRandom random = in.random();
    Identity sender = People.identity(in.object("sender"));
    Identity recipient = People.identity(in.object("recipient"));
    Bytes parcel = Parcel.seal(address(in), recipient.card(), in.bytes("content"), sender, random);
    random.end();
    Bytes key = in.bytes("random").slice(0, 32);
    HpkeSchedule schedule =
        HpkeSchedule.sender(
            in.bytes("random").slice(32, 64), recipient.agreement().publicKey(), info(in));
    assertThat(parcel.slice(1, 33)).isEqualTo(schedule.enc());
    assertThat(parcel.slice(33, WRAPPED)).isEqualTo(schedule.seal(key));
    int end = parcel.size() - SIGNATURE;
    return new Fields()
        .put("info", info(in))
        .put("wrapped", parcel.slice(1, WRAPPED))
        .put("sealed", parcel.slice(WRAPPED, end))
        .put("signed", toSign(in, parcel.slice(1, end)))
        .put("parcel", parcel);
  }

  @Override
  void open(Fields given) {
    Bytes opened =
        Parcel.open(
            address(given),
            People.identity(given.object("sender")).card(),
            People.identity(given.object("recipient")),
            given.bytes("parcel"));
    assertThat(opened).isEqualTo(given.bytes("content"));
  }

  private static ParcelAddress address(Fields in) {
    return new ParcelAddress(
        in.bytes("id"),
        in.u64("expiry"),
        People.identity(in.object("recipient")).fingerprint(),
        People.identity(in.object("sender")).fingerprint());
  }
}
