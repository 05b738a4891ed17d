package dev.zamok.client.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.message.EnvelopeKind;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one room: the newest chain statement, epoch and position seen, the sequence
 * numbers used, and the highest number heard of each device of the others.
 *
 * <p>Sequence numbers are reserved in blocks before use, so that none is used twice even after a
 * crash; those left are given back at the end. After a crash others see a hole of less than a
 * block.
 */
public final class RoomPins {
  static final int BLOCK = 32;

  /** How many senders are remembered between runs, those heard last. About 75 bytes each. */
  static final int HEARD_MAX = 512;

  /** A device of a member, and what it sent. */
  public record Sender(Fingerprint author, DeviceId device, EnvelopeKind kind) {
    private String text() {
      return author + ":" + device + ":" + kind.code();
    }

    private static Sender parse(String text) {
      String[] parts = text.split(":", -1);
      EnvelopeKind kind =
          Integer.parseInt(parts[2]) == EnvelopeKind.MESSAGE.code()
              ? EnvelopeKind.MESSAGE
              : EnvelopeKind.SIGNAL;
      return new Sender(Fingerprint.parse(parts[0]), DeviceId.parse(parts[1]), kind);
    }
  }

  private final ProfileStore store;
  private final String name;
  private @Nullable ChainHead chain;
  private boolean confirmed;
  private int epoch;
  private Position position = Position.ZERO;
  private final Sequence messages;
  private final Sequence signals;
  private final Map<Sender, Long> heard = new LinkedHashMap<>();

  /** Heard, but their position is not noted yet: both are written together. */
  private final Map<Sender, Long> staged = new LinkedHashMap<>();

  private boolean dirty;

  RoomPins(ProfileStore store, String name) {
    this.store = store;
    this.name = name;
    ObjectNode document = store.read(name);
    if (document == null) {
      messages = new Sequence(1);
      signals = new Sequence(1);
      return;
    }
    if (document.has("chainIndex")) {
      int index = document.path("chainIndex").asInt(-1);
      String hash = document.path("chainHash").asText();
      chain = Profile.parse(name, () -> new ChainHead(index, new Hash(Bytes.fromBase64Url(hash))));
    }
    confirmed = document.path("confirmed").asBoolean();
    epoch = document.path("epoch").asInt();
    String at = document.path("position").asText("0-0");
    position = Profile.parse(name, () -> Position.parse(at));
    messages = new Sequence(document.path("nextMessage").asLong(1));
    signals = new Sequence(document.path("nextSignal").asLong(1));
    for (Map.Entry<String, JsonNode> field : document.path("heard").properties()) {
      Sender sender = Profile.parse(name, () -> Sender.parse(field.getKey()));
      heard.put(sender, field.getValue().asLong());
    }
  }

  /** Null before the first visit, and always in managed rooms. */
  public @Nullable ChainHead chain() {
    return chain;
  }

  public void pinChain(ChainHead head) {
    if (!head.equals(chain)) {
      chain = head;
      write();
    }
  }

  /** Whether the user said that this is the room he means, though somebody else made it. */
  public boolean isConfirmed() {
    return confirmed;
  }

  public void confirm() {
    if (!confirmed) {
      confirmed = true;
      write();
    }
  }

  /** The highest epoch seen, 0 for none. */
  public int epoch() {
    return epoch;
  }

  public void pinEpoch(int n) {
    if (n > epoch) {
      epoch = n;
      write();
    }
  }

  /** The newest position that was processed; as of a few seconds before a crash. */
  public Position position() {
    return position;
  }

  /** Written with the next change or {@link #flush}, with the numbers heard up to there. */
  public void notePosition(Position newest) {
    if (newest.isAfter(position)) {
      position = newest;
      staged.forEach(this::remember);
      dirty = true;
    }
    staged.clear();
  }

  /**
   * The highest number of a sender, up to the entry whose position is noted next: a crash between
   * them would make the entry look like a repetition when it comes again.
   */
  public void noteHeard(Sender sender, long highest) {
    staged.put(sender, highest);
  }

  /** The highest numbers heard up to {@link #position}, those heard longest ago first. */
  public Map<Sender, Long> heard() {
    return new LinkedHashMap<>(heard);
  }

  private void remember(Sender sender, long highest) {
    Long before = heard.remove(sender);
    heard.put(sender, before == null ? highest : Math.max(before, highest));
    if (heard.size() > HEARD_MAX) {
      heard.remove(heard.keySet().iterator().next());
    }
  }

  /** The next sequence number of this device in this room. Never the same again. */
  public long nextSeq(EnvelopeKind kind) {
    Sequence sequence = kind == EnvelopeKind.MESSAGE ? messages : signals;
    if (sequence.next == sequence.reservedBefore) {
      sequence.reservedBefore += BLOCK;
      write();
    }
    return sequence.next++;
  }

  public void flush() {
    if (dirty) {
      write();
    }
  }

  void close() {
    boolean messagesLeft = messages.giveBack();
    boolean signalsLeft = signals.giveBack();
    if (messagesLeft || signalsLeft || dirty) {
      write();
    }
  }

  private void write() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ChainHead head = chain;
    if (head != null) {
      document.put("chainIndex", head.index()).put("chainHash", head.hash().toString());
    }
    if (confirmed) {
      document.put("confirmed", true);
    }
    document.put("epoch", epoch).put("position", position.toString());
    document.put("nextMessage", messages.reservedBefore);
    document.put("nextSignal", signals.reservedBefore);
    ObjectNode senders = document.putObject("heard");
    heard.forEach((sender, highest) -> senders.put(sender.text(), highest));
    store.write(name, document);
    dirty = false;
  }

  private static final class Sequence {
    private long next;
    private long reservedBefore;

    Sequence(long next) {
      this.next = Math.max(1, next);
      this.reservedBefore = this.next;
    }

    boolean giveBack() {
      boolean unused = reservedBefore != next;
      reservedBefore = next;
      return unused;
    }
  }
}
