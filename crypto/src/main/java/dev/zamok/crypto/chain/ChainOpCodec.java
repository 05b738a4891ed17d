package dev.zamok.crypto.chain;

import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;

/**
 * The bodies of operations.
 *
 * <pre>
 * 0 create      kind u8 ‖ history u8 ‖ tag 8 ‖ parent 16 ‖ nonce 16
 * 1 member      F 32 ‖ role u8 ‖ tag 8
 * 2 remove      F 32
 * 3 generation  g u32 ‖ commit 32 ‖ L(prevLink)
 * 4 item        item 16 ‖ version u32 ‖ act u8 ‖ recordHash 32
 * 5 invite      ed25519 32 ‖ role u8 ‖ expiry u64
 * 6 accept      index of the invite u32 ‖ tag 8 ‖ signature 64
 * 7 checkpoint  reserved
 * 8 child       folder 16 ‖ act u8 ‖ i u32 ‖ h(S_i) 32, of the folder
 * 9 parent      parent 16 ‖ i u32 ‖ h(S_i) 32, of the parent
 * 10 group card   g u32 ‖ ed25519 32 ‖ x25519 32 ‖ signature 64
 * 11 group member group 16 ‖ h of the statement of its card 32 ‖ body of that statement 132
 *                 ‖ role u8 ‖ tag 8
 * </pre>
 */
final class ChainOpCodec {
  private ChainOpCodec() {}

  static Bytes body(ChainOp op) {
    return op.accept(new Encoder());
  }

  /** Strict. Fails with {@link ChainException} for a code it does not know. */
  static ChainOp decode(int code, Bytes body) {
    ByteReader in = body.reader();
    ChainOp op =
        switch (code) {
          case ChainOp.Create.CODE -> create(in);
          case ChainOp.Member.CODE ->
              new ChainOp.Member(Fingerprint.read(in), Role.of(in.u8()), MemberTag.read(in));
          case ChainOp.Remove.CODE -> new ChainOp.Remove(Fingerprint.read(in));
          case ChainOp.Generation.CODE ->
              new ChainOp.Generation(in.u32(), Hash.read(in), in.sized());
          case ChainOp.Item.CODE ->
              new ChainOp.Item(ItemId.read(in), in.u32(), ItemAct.of(in.u8()), Hash.read(in));
          case ChainOp.Invite.CODE ->
              new ChainOp.Invite(
                  VerifyKey.of(in.bytes(VerifyKey.SIZE)), Role.of(in.u8()), in.u64());
          case ChainOp.Accept.CODE ->
              new ChainOp.Accept(in.u32(), MemberTag.read(in), in.bytes(VerifyKey.SIGNATURE_SIZE));
          case ChainOp.Child.CODE ->
              new ChainOp.Child(RoomId.read(in), ChildAct.of(in.u8()), head(in));
          case ChainOp.Parent.CODE -> new ChainOp.Parent(RoomId.read(in), head(in));
          case ChainOp.GroupCard.CODE -> groupCard(in);
          case ChainOp.GroupMember.CODE ->
              new ChainOp.GroupMember(
                  RoomId.read(in),
                  Hash.read(in),
                  groupCard(in),
                  Role.of(in.u8()),
                  MemberTag.read(in));
          default -> throw new ChainException(ChainFault.UNKNOWN_OPERATION);
        };
    in.end();
    return op;
  }

  private static ChainHead head(ByteReader in) {
    return new ChainHead(in.u32(), Hash.read(in));
  }

  private static ChainOp create(ByteReader in) {
    return new ChainOp.Create(
        RoomKind.of(in.u8()),
        History.of(in.u8()),
        MemberTag.read(in),
        RoomId.read(in),
        in.bytes(ChainOp.Create.NONCE_SIZE));
  }

  private static ChainOp.GroupCard groupCard(ByteReader in) {
    return new ChainOp.GroupCard(
        in.u32(),
        VerifyKey.of(in.bytes(VerifyKey.SIZE)),
        in.bytes(AgreementKey.SIZE),
        in.bytes(VerifyKey.SIGNATURE_SIZE));
  }

  private static final class Encoder implements ChainOp.Visitor<Bytes> {
    private final ByteWriter out = new ByteWriter(128);

    @Override
    public Bytes create(ChainOp.Create op) {
      out.u8(op.kind().code()).u8(op.history().code());
      op.tag().write(out);
      op.parent().write(out);
      return out.bytes(op.nonce()).toBytes();
    }

    @Override
    public Bytes member(ChainOp.Member op) {
      out.bytes(op.member().bytes()).u8(op.role().code());
      op.tag().write(out);
      return out.toBytes();
    }

    @Override
    public Bytes remove(ChainOp.Remove op) {
      return op.member().bytes();
    }

    @Override
    public Bytes generation(ChainOp.Generation op) {
      return out.u32(op.g()).bytes(op.commit().bytes()).sized(op.prevLink()).toBytes();
    }

    @Override
    public Bytes item(ChainOp.Item op) {
      op.item().write(out);
      return out.u32(op.version()).u8(op.act().code()).bytes(op.recordHash().bytes()).toBytes();
    }

    @Override
    public Bytes invite(ChainOp.Invite op) {
      return out.bytes(op.key().bytes()).u8(op.role().code()).u64(op.expiryMillis()).toBytes();
    }

    @Override
    public Bytes accept(ChainOp.Accept op) {
      out.u32(op.invite());
      op.tag().write(out);
      return out.bytes(op.signature()).toBytes();
    }

    @Override
    public Bytes groupCard(ChainOp.GroupCard op) {
      return out.u32(op.g())
          .bytes(op.signing().bytes())
          .bytes(op.agreement())
          .bytes(op.signature())
          .toBytes();
    }

    @Override
    public Bytes groupMember(ChainOp.GroupMember op) {
      op.group().write(out);
      out.bytes(op.statement().bytes());
      groupCard(op.card());
      out.u8(op.role().code());
      op.tag().write(out);
      return out.toBytes();
    }

    @Override
    public Bytes child(ChainOp.Child op) {
      op.folder().write(out);
      out.u8(op.act().code());
      return head(op.head());
    }

    @Override
    public Bytes parent(ChainOp.Parent op) {
      op.parent().write(out);
      return head(op.added());
    }

    private Bytes head(ChainHead head) {
      return out.u32(head.index()).bytes(head.hash().bytes()).toBytes();
    }
  }
}
