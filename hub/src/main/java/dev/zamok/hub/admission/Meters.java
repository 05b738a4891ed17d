package dev.zamok.hub.admission;

import dev.zamok.hub.limit.HubLimits;
import dev.zamok.hub.limit.TokenBucket;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;

/** What one connection has done lately, measured by its rates. */
final class Meters {
  final TokenBucket publishes;
  final TokenBucket joins;
  final TokenBucket signals;
  final TokenBucket renewals;
  final TokenBucket frames;
  final TokenBucket warnings;

  Meters(HubLimits.Rates rates, long nowNanos) {
    publishes = new TokenBucket(rates.publishes(), nowNanos);
    joins = new TokenBucket(rates.joins(), nowNanos);
    signals = new TokenBucket(rates.signals(), nowNanos);
    renewals = new TokenBucket(rates.renewals(), nowNanos);
    frames = new TokenBucket(rates.frames(), nowNanos);
    warnings = new TokenBucket(rates.warnings(), nowNanos);
  }

  /** The answer to what was too much; the time is rounded up, so that who waits is not early. */
  static HubFrame.Reject limited(
      HubFrame.Request request, RoomId room, MessageId id, long waitNanos) {
    int millis = (int) Math.min(Integer.MAX_VALUE, (waitNanos + 999_999) / 1_000_000);
    return new HubFrame.Reject(request, room, id, ErrorCode.RATE_LIMITED, millis);
  }
}
