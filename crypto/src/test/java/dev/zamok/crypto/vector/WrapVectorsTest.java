package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import java.util.List;

class WrapVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "wrap";
  }

  @Override
  String description() {
    return "the owner of the room, wrapper, hands secret of generation 1 to recipient; random is"
        + " the ephemeral X25519 key; shared, key and nonce are those of RFC 9180";
  }

  @Override
  void define(VectorSet set) {
    Bytes secret = People.random("wrapped secret", 32);
    Fields wrapper = People.inputs("alice", 1);
    Fields recipient = People.inputs("bob", 2);
    Fields made =
        set.ok(
            "first generation",
            new Fields()
                .put("wrapper", wrapper)
                .put("recipient", recipient)
                .put("secret", secret)
                .put("random", People.random("ephemeral", 32)));
    set.fails("signature changed", "crypto", made, flipped(made, "wrap"));
    set.fails("another recipient", "crypto", made, new Fields().put("recipient", wrapper));
    set.fails("another wrapper", "crypto", made, new Fields().put("wrapper", recipient));
    Fields planted = made.with(new Fields().put("secret", People.random("planted", 32)));
    Bytes replaced = wrap(planted, People.chain(made));
    set.fails(
        "a secret the chain does not commit to",
        "crypto",
        made,
        new Fields().put("wrap", replaced));
    byte[] version = made.bytes("wrap").toByteArray();
    version[0] = 2;
    set.fails("unknown version", "crypto", made, new Fields().put("wrap", Bytes.wrap(version)));
    Bytes cut = made.bytes("wrap").slice(0, Wrap.SIZE - 1);
    set.fails("cut", "crypto", made, new Fields().put("wrap", cut));
  }

  @Override
  Fields compute(Fields in) {
    Fields room = new ChainVectorsTest().compute(chainInputs(in));
    RoomChain chain = People.chain(room);
    Bytes wrap = wrap(in, chain);
    Identity recipient = People.identity(in.object("recipient"));
    Hash statement = chain.generation(1).statement();
    Bytes info =
        Hash.of(
                Context.of("wrap")
                    .room(chain.roomId())
                    .u32(1)
                    .hash(statement)
                    .bytes(recipient.fingerprint().bytes())
                    .bytes(People.identity(in.object("wrapper")).fingerprint().bytes())
                    .toBytes())
            .bytes();
    HpkeSchedule schedule =
        HpkeSchedule.sender(in.bytes("random"), recipient.agreement().publicKey(), info);
    Bytes ct = schedule.seal(in.bytes("secret"));
    assertThat(wrap.slice(1, 33)).isEqualTo(schedule.enc());
    assertThat(wrap.slice(33, 81)).isEqualTo(ct);
    return new Fields()
        .putHex("cards", room.hexes("cards"))
        .putHex("statements", room.hexes("statements"))
        .put("info", info)
        .put("enc", schedule.enc())
        .put("shared", schedule.shared())
        .put("key", schedule.key())
        .put("nonce", schedule.nonce())
        .put("ct", ct)
        .put("wrap", wrap);
  }

  @Override
  void open(Fields given) {
    Identity wrapper = People.identity(given.object("wrapper"));
    Identity recipient = People.identity(given.object("recipient"));
    RoomSecret opened =
        Wrap.open(given.bytes("wrap"), People.chain(given), 1, wrapper.card(), recipient);
    assertThat(opened.secret()).isEqualTo(given.secret("secret"));
  }

  private static Bytes wrap(Fields in, RoomChain chain) {
    FixedRandom random = in.random();
    Bytes wrap =
        Wrap.seal(
            new RoomSecret(chain.roomId(), 1, in.secret("secret")),
            chain.generation(1).statement(),
            People.identity(in.object("recipient")).card(),
            People.identity(in.object("wrapper")),
            random);
    random.end();
    return wrap;
  }

  /** A safe of the wrapper's, whose first generation commits to the secret. */
  private static Fields chainInputs(Fields in) {
    Fields base =
        ChainSteps.everyOperation(
            List.of(in.object("wrapper"), in.object("recipient"), People.inputs("carol", 3)));
    List<Fields> steps = base.objects("steps");
    Fields create = steps.get(0);
    Identity wrapper = People.identity(in.object("wrapper"));
    ChainOp.Create op = (ChainOp.Create) ChainVectorsTest.op(create, null, wrapper);
    RoomSecret secret =
        new RoomSecret(
            Statement.create(op, create.u64("time"), wrapper).roomIdOfFirst(),
            1,
            in.secret("secret"));
    Fields generation = steps.get(1).with(new Fields().put("commit", secret.commit()));
    return new Fields()
        .put("keys", List.of(in.object("wrapper"), in.object("recipient")))
        .put("steps", List.of(create, generation, steps.get(2)));
  }
}
