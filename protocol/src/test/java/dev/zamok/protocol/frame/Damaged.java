package dev.zamok.protocol.frame;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Frames that break one check each: a good frame with some bytes replaced, cut off or appended.
 *
 * <p>{@code fill}, where given, is how many bytes of 5a follow {@code hex}.
 */
final class Damaged {
  private static final String ROOM = "01a1a2a3a4a5a6a7a8a9aaabacadaeaf";
  private static final String ID = "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf";
  private static final String ZERO = "00".repeat(16);
  private static final String TAG = "d0d1d2d3d4d5d6d7";
  private static final String ONE = "0000010000000001";
  private static final String TWO = "0000010000000002";

  private final List<Object> cases = new ArrayList<>();

  private Damaged() {}

  static List<Object> client() {
    Damaged out = new Damaged();
    out.add("P-001", "a frame of 65,537 bytes", "04", 65_536);
    out.add("P-002", "type 0", "00");
    out.add("P-002", "type 8", "08");
    out.add("P-002", "a frame of the hub", "8a0000000000000001");
    out.add("P-003", "nothing at all", "");
    out.add("P-003", "LEAVE with half a room", "0301a1a2a3a4a5a6a7");
    out.add("P-003", "JOIN that ends before its second room", "020002" + request(0, ZERO8, 0));
    out.add("P-004", "PING with a byte too many", "07000000000000000100");
    out.add("P-005", "PUBLISH of epoch 2^31", "04" + ROOM + ID + "80000000" + "01");
    out.add("P-005", "JOIN of epoch 2^32 - 1", "020001" + ROOM + "00" + ZERO8 + "ffffffff");
    out.add("P-006", "LEAVE of a room of kind 3", "0303a1a2a3a4a5a6a7a8a9aaabacadaeaf");
    out.add("P-006", "SIGNAL into room zero", "05" + ZERO + "01");
    out.add("P-007", "PUBLISH under the id zero", "04" + ROOM + ZERO + "00000001" + "01");
    out.add("P-010", "HELLO without a ticket", "01");
    out.add("P-010", "HELLO with 60,001 characters", "01", 60_001);
    out.add("P-011", "HELLO with a space in the ticket", "0161206220");
    out.add("P-011", "TICKET that is not ASCII", "06c3a9");
    out.add("P-011", "HELLO with padding", "01653330" + "3d");
    out.add("P-012", "JOIN of no rooms", "020000");
    out.add("P-012", "JOIN of 513 rooms", "020201", 513 * 29);
    out.add(
        "P-013", "JOIN of one room twice", "020002" + request(0, ZERO8, 0) + request(1, ONE, 0));
    out.add("P-014", "JOIN with flags 2", "020001" + request(2, ZERO8, 0));
    out.add("P-014", "JOIN that is live only, with a position", "020001" + request(0, ONE, 0));
    out.add("P-015", "PUBLISH of nothing", "04" + ROOM + ID + "00000001");
    out.add("P-015", "PUBLISH of 65,001 bytes", "04" + ROOM + ID + "00000001", 65_001);
    out.add("P-016", "SIGNAL of nothing", "05" + ROOM);
    out.add("P-016", "SIGNAL of 4,097 bytes", "05" + ROOM, 4_097);
    return out.cases;
  }

  static List<Object> hub() {
    Damaged out = new Damaged();
    String welcome = "81" + ZERO + "00010000" + "00000200" + "00000014" + "00000064";
    String entry = "83" + ROOM + TWO + ONE + "0000019b76daac7b";
    String joined = "82" + ROOM + TWO;
    out.add("P-001", "a frame of 131,073 bytes", "8a", 131_072);
    out.add("P-002", "type 0x80", "80");
    out.add("P-002", "type 0x8b", "8b");
    out.add("P-002", "a frame of a client", "070000000000000001");
    out.add("P-003", "ACK that ends early", "84" + ROOM + ID);
    out.add("P-003", "JOINED that ends in a rekey", joined + "01" + "000000070000000200010005aa");
    out.add("P-004", "GAP with a byte too many", "87" + ROOM + ONE + TWO + "00");
    out.add("P-005", "WELCOME until 2^53", welcome + "00000019" + "0020000000000000");
    out.add(
        "P-005",
        "ENTRY of 2^63",
        "83" + ROOM + TWO + ONE + "8000000000000000" + "01" + TAG + "00000007" + ID);
    out.add("P-005", "PRESENCE of 2^31", "89" + ROOM + "80000000" + "0000");
    out.add("P-006", "EVICTED from room zero", "88" + ZERO + "0004");
    out.add(
        "P-006",
        "REJECT of a JOIN of a room of kind 3",
        "850203" + ZERO.substring(2) + ZERO + "0005" + "00000000");
    out.add("P-007", "ACK of the id zero", "84" + ROOM + ZERO + ONE);
    out.add("P-007", "ENTRY under the id zero", entry + "01" + TAG + "00000007" + ZERO);
    out.add("P-016", "SIGNAL of nothing", "86" + ROOM + TAG + ONE);
    out.add("P-016", "SIGNAL of 4,097 bytes", "86" + ROOM + TAG + ONE, 4_097);
    out.add("P-020", "WELCOME without a heartbeat", welcome + "00000000" + "0000019b76daac7b");
    out.add("P-021", "JOINED with recovery 3", joined + "03" + "00000007000000020000");
    out.add("P-022", "JOINED with 65 rekeys", joined + "01" + "00000007000000020041", 4_000);
    out.add(
        "P-023",
        "JOINED with a rekey of 1,025 bytes",
        joined + "01" + "000000070000000200010401",
        1_025);
    out.add(
        "P-030",
        "ENTRY that follows itself",
        "83" + ROOM + ONE + ONE + "0000019b76daac7b" + "01" + TAG + "00000007" + ID);
    out.add(
        "P-030",
        "ENTRY after one of a later generation",
        "83" + ROOM + TWO + "ffffff0000000001" + "0000019b76daac7b" + "01" + TAG + "00000007" + ID);
    out.add("P-031", "ENTRY of kind 0", entry + "00" + TAG + "00000007" + ID);
    out.add("P-031", "ENTRY of kind 8", entry + "08" + TAG + "00000007" + ID);
    out.add("P-032", "ENTRY of 65,001 bytes", entry + "01" + TAG + "00000007" + ID, 65_001);
    out.add("P-032", "REKEY of 1,025 bytes", entry + "02" + ZERO8 + "00000007" + ID, 1_025);
    out.add("P-033", "REKEY under a member's tag", entry + "02" + TAG + "00000007" + ID);
    out.add("P-033", "EVICT under a member's tag", entry + "05" + TAG + "00000007" + ID);
    out.add("P-034", "ACK at position zero", "84" + ROOM + ID + ZERO8);
    out.add("P-035", "REJECT of a LEAVE", "8503" + ROOM + ZERO + "0005" + "00000000");
    out.add("P-036", "REJECT of a TICKET in a room", "8506" + ROOM + ZERO + "000b" + "00000000");
    out.add("P-036", "REJECT of a JOIN of no room", "8502" + ZERO + ZERO + "0005" + "00000000");
    out.add(
        "P-037", "REJECT of a PUBLISH without its id", "8504" + ROOM + ZERO + "0003" + "00000000");
    out.add("P-037", "REJECT of a SIGNAL with an id", "8505" + ROOM + ID + "0007" + "00000000");
    out.add("P-038", "REJECT with code 0", "8502" + ROOM + ZERO + "0000" + "00000000");
    int beyond = ErrorCode.values().length + 1;
    out.add(
        "P-038",
        "EVICTED with a code that is not assigned",
        "88" + ROOM + String.format("%04x", beyond));
    out.add("P-039", "GAP of nothing", "87" + ROOM + ONE + ONE);
    out.add("P-039", "GAP backwards", "87" + ROOM + TWO + ONE);
    out.add("P-040", "PRESENCE that lists 201", "89" + ROOM + "000000c900c9", 201 * 8);
    out.add("P-040", "PRESENCE of 201 that lists one", "89" + ROOM + "000000c90001" + TAG);
    out.add("P-041", "PRESENCE of none that lists one", "89" + ROOM + "000000000001" + TAG);
    out.add("P-041", "PRESENCE that lists one twice", "89" + ROOM + "000000020002" + TAG + TAG);
    out.add("P-041", "PRESENCE that lists nobody", "89" + ROOM + "000000020001" + ZERO8);
    return out.cases;
  }

  private static final String ZERO8 = "00".repeat(8);

  static Bytes bytes(Map<String, Object> one) {
    byte[] hex = Bytes.fromHex((String) one.get("hex")).toByteArray();
    int fill = one.get("fill") instanceof Long number ? number.intValue() : 0;
    byte[] all = new byte[hex.length + fill];
    java.util.Arrays.fill(all, (byte) 0x5a);
    System.arraycopy(hex, 0, all, 0, hex.length);
    return Bytes.wrap(all);
  }

  private static String request(int flags, String after, int epoch) {
    return ROOM + String.format("%02x", flags) + after + String.format("%08x", epoch);
  }

  private void add(String check, String why, String hex) {
    add(check, why, hex, 0);
  }

  private void add(String check, String why, String hex, int fill) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("check", check);
    one.put("why", why);
    one.put("hex", hex);
    if (fill > 0) {
      one.put("fill", (long) fill);
    }
    cases.add(one);
  }
}
