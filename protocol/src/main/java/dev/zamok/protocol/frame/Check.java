package dev.zamok.protocol.frame;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MessageId;
import java.util.List;

/** What several frames demand of their fields. The numbers are those of {@code PROTOCOL.md}. */
final class Check {
  private Check() {}

  static void id(MessageId id) {
    if (id.equals(MessageId.NONE)) {
      throw new MalformedException("P-007 message id zero");
    }
  }

  /** A u32 of the wire: 0 to 2^31 - 1. */
  static void u32(int number) {
    if (number < 0) {
      throw new MalformedException("P-005 negative number");
    }
  }

  static void millis(long time) {
    if (time < 0 || time > Entry.TIME_MILLIS_MAX) {
      throw new MalformedException("P-005 time out of range");
    }
  }

  static void signal(Bytes envelope) {
    if (envelope.isEmpty() || envelope.size() > ClientFrames.SIGNAL_BYTES_MAX) {
      throw new MalformedException("P-016 signal of " + envelope.size() + " bytes");
    }
  }

  /** JWTs in compact form are base64url and dots (RFC 7515 §7.1). */
  static void ticket(String ticket) {
    if (ticket.isEmpty() || ticket.length() > ClientFrames.TICKET_CHARACTERS_MAX) {
      throw new MalformedException("P-010 ticket of " + ticket.length() + " characters");
    }
    for (int i = 0; i < ticket.length(); i++) {
      char c = ticket.charAt(i);
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_' && c != '.') {
        throw new MalformedException("P-011 ticket that is not base64url and dots");
      }
    }
  }

  static void distinct(List<?> list, String why) {
    if (list.stream().distinct().count() != list.size()) {
      throw new MalformedException(why);
    }
  }
}
