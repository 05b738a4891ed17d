package dev.zamok.protocol.frame;

import static dev.zamok.protocol.frame.ClientFields.of;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import java.util.Map;

/** The fields of a hub frame by name, as the vectors tell them. */
final class HubFields implements HubFrame.Visitor<Map<String, Object>> {
  @Override
  public Map<String, Object> welcome(HubFrame.Welcome frame) {
    HubFrame.Limits limits = frame.limits();
    return of(
        "kind", "WELCOME",
        "connection", frame.connection(),
        "frameBytesMax", limits.frameBytesMax(),
        "roomsMax", limits.roomsMax(),
        "publishesPerSecond", limits.publishesPerSecond(),
        "joinsPerSecond", limits.joinsPerSecond(),
        "heartbeatSeconds", limits.heartbeatSeconds(),
        "expiresAtMillis", frame.expiresAtMillis());
  }

  @Override
  public Map<String, Object> joined(HubFrame.Joined frame) {
    return of(
        "kind", "JOINED",
        "room", frame.room(),
        "head", frame.head(),
        "recovery", frame.recovery(),
        "epoch", frame.epoch(),
        "present", frame.present(),
        "rekeys", frame.rekeys().stream().map(Bytes::toHex).toList());
  }

  @Override
  public Map<String, Object> entry(HubFrame.Entry frame) {
    Entry entry = frame.entry();
    return of(
        "kind", "ENTRY",
        "room", entry.room(),
        "position", entry.position(),
        "previous", entry.previous(),
        "timeMillis", entry.timeMillis(),
        "entry", entry.kind(),
        "tag", entry.tag(),
        "epoch", entry.epoch(),
        "id", entry.id(),
        "body", entry.body().toHex());
  }

  @Override
  public Map<String, Object> ack(HubFrame.Ack frame) {
    return of("kind", "ACK", "room", frame.room(), "id", frame.id(), "position", frame.position());
  }

  @Override
  public Map<String, Object> reject(HubFrame.Reject frame) {
    return of(
        "kind", "REJECT",
        "request", frame.request(),
        "room", frame.room(),
        "id", frame.id(),
        "code", frame.code(),
        "retryAfterMillis", frame.retryAfterMillis());
  }

  @Override
  public Map<String, Object> signal(HubFrame.Signal frame) {
    return of(
        "kind", "SIGNAL",
        "room", frame.room(),
        "tag", frame.tag(),
        "head", frame.head(),
        "envelope", frame.envelope().toHex());
  }

  @Override
  public Map<String, Object> gap(HubFrame.Gap frame) {
    return of("kind", "GAP", "room", frame.room(), "from", frame.from(), "to", frame.to());
  }

  @Override
  public Map<String, Object> evicted(HubFrame.Evicted frame) {
    return of("kind", "EVICTED", "room", frame.room(), "code", frame.code());
  }

  @Override
  public Map<String, Object> presence(HubFrame.Presence frame) {
    return of(
        "kind", "PRESENCE",
        "room", frame.room(),
        "count", frame.count(),
        "tags", frame.tags().stream().map(MemberTag::toString).toList());
  }

  @Override
  public Map<String, Object> pong(HubFrame.Pong frame) {
    return of("kind", "PONG", "nonce", String.format("%016x", frame.nonce()));
  }
}
