package dev.zamok.protocol.ticket;

import static dev.zamok.protocol.ticket.Fixed.ED;
import static dev.zamok.protocol.ticket.Fixed.HS;
import static dev.zamok.protocol.ticket.Fixed.NOW;
import static dev.zamok.protocol.ticket.Fixed.key;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/** The cases of {@code tickets.json}. */
final class TicketCases {
  /** ECDSA is random; this one was made once, over {@link Fixed#ticket} of two rooms. */
  private static final String ES256_SIGNATURE =
      "uKKVJsvi0k3UhWyHPR7sYqTj7489uLEx4icfeZgLyCU2b4F2QfGXFRFijAlLK2Ckpu6mNvzvJRS3TwSxix8RrA";

  private static final String HEADER = "{\"alg\":\"EdDSA\",\"kid\":\"ed\"}";
  private static final String ROW = "[\"AaGio6SlpqeoqaqrrK2urw\",\"0NHS09TV1tc\",15,7,3]";

  private final List<Object> cases = new ArrayList<>();

  private TicketCases() {}

  static List<Object> all() {
    TicketCases out = new TicketCases();
    out.good();
    out.forged();
    out.claims();
    out.times();
    out.services();
    return out.cases;
  }

  private void good() {
    good("Ed25519", Tickets.sign(Fixed.ticket(2), key("ed")));
    String unsigned = Tickets.sign(Fixed.ticket(2), key("ec"));
    good("P-256", unsigned.substring(0, unsigned.lastIndexOf('.') + 1) + ES256_SIGNATURE);
    good("HMAC", Tickets.sign(Fixed.ticket(2), key("hs")));
    good("no rooms", Fixed.token(Fixed.claims()));
    good("one room", Fixed.token(Fixed.claims("[" + ROW + "]")));
    good(
        "a header in another order, with a type and white space",
        Fixed.token(
            "{ \"typ\": \"JWT\", \"kid\": \"ed\", \"alg\": \"EdDSA\" }",
            Fixed.claims(),
            key("ed")));
    good(
        "claims in another order",
        Fixed.token("{\"rooms\":[]," + Fixed.claims().substring(1).replace(",\"rooms\":[]", "")));
  }

  private void forged() {
    String payload = Fixed.part(Fixed.claims());
    bad("two parts", "P-101", "e30.e30");
    bad("four parts", "P-101", Fixed.token(Fixed.claims()) + ".e30");
    bad("padding", "P-101", Fixed.token(Fixed.claims()) + "==");
    String good = Fixed.token(Fixed.claims());
    char last = (char) (good.charAt(good.length() - 1) + 1);
    bad("spare bits set", "P-101", good.substring(0, good.length() - 1) + last);
    bad("no kid", "P-102", Fixed.token("{\"alg\":\"EdDSA\"}", Fixed.claims(), key("ed")));
    bad(
        "a key in the header",
        "P-102",
        Fixed.token(HEADER.replace("}", ",\"jwk\":{}}"), Fixed.claims(), key("ed")));
    bad(
        "crit",
        "P-102",
        Fixed.token(HEADER.replace("}", ",\"crit\":[\"exp\"]}"), Fixed.claims(), key("ed")));
    bad(
        "alg twice",
        "P-102",
        Fixed.token(HEADER.replace("{", "{\"alg\":\"none\","), Fixed.claims(), key("ed")));
    bad(
        "unknown kid",
        "P-103",
        Fixed.token(HEADER.replace("\"ed\"", "\"xx\""), Fixed.claims(), key("ed")));
    bad("alg none", "P-104", Fixed.part(HEADER.replace("EdDSA", "none")) + "." + payload + ".");
    byte[] open = Base64.getUrlDecoder().decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    TicketKey forger = TicketKey.hs256("ed", new SecretKeySpec(open, "HmacSHA256"));
    bad("the public key as an HMAC secret", "P-104", Tickets.sign(Fixed.ticket(0), forger));
    bad("no signature", "P-105", Fixed.part(HEADER) + "." + payload + ".");
    bad(
        "payload of another token",
        "P-105",
        Fixed.part(HEADER) + "." + payload + "." + good(2).split("\\.")[2]);
    String es = Fixed.part("{\"alg\":\"ES256\",\"kid\":\"ec\"}") + "." + payload + ".";
    bad("r and s zero", "P-105", es + Bytes.wrap(new byte[64]).toBase64Url());
  }

  private void claims() {
    claims("white space behind is fine, a second object is not", "P-106", Fixed.claims() + " {}");
    claims("a name twice", "P-106", Fixed.claims().replace("{\"aud\"", "{\"iat\":1,\"aud\""));
    claims(
        "an unknown claim", "P-106", Fixed.claims().replace("{\"aud\"", "{\"sub\":\"a\",\"aud\""));
    claims("a missing claim", "P-106", Fixed.claims().replace(",\"rooms\":[]", ""));
    claims("a fraction", "P-106", Fixed.claims().replace("1767226200", "1767226200.0"));
    claims(
        "a session of 3 bytes", "P-106", Fixed.claims().replace("AAAAAAAAAAEAAAAAAAAAAg", "AAAA"));
    claims("a service ticket", "P-107", Fixed.serviceClaims());
    claims(
        "a list of audiences", "P-107", Fixed.claims().replace("\"zamok-hub\"", "[\"zamok-hub\"]"));
    claims(
        "rights that are not assigned", "P-109", Fixed.claims("[" + ROW.replace("15", "16") + "]"));
    claims("four fields", "P-109", Fixed.claims("[" + ROW.replace(",3]", "]") + "]"));
    claims("epoch 2^31", "P-109", Fixed.claims("[" + ROW.replace("7", "2147483648") + "]"));
    claims(
        "tag zero", "P-109", Fixed.claims("[" + ROW.replace("0NHS09TV1tc", "AAAAAAAAAAA") + "]"));
    claims("a room of kind 3", "P-006", Fixed.claims("[" + ROW.replace("AaGi", "A6Gi") + "]"));
    claims("a room twice", "P-110", Fixed.claims("[" + ROW + "," + ROW + "]"));
  }

  private void times() {
    String good = good(0);
    long now = NOW.getEpochSecond();
    claims("16 minutes", "P-108", Fixed.claims().replace("1767226200", "1767226560"));
    claims("ends as it starts", "P-108", Fixed.claims().replace("1767226200", "1767225600"));
    add("client", "issued 61 s in the future", good, now - 61, "TICKET_INVALID", "P-111");
    good("issued 60 s in the future", good, now - 60);
    good("the last second", good, now + 599);
    add("client", "expired this second", good, now + 600, "TICKET_EXPIRED", "P-112");
    String forged = good.substring(0, good.length() - 8) + "AAAAAAAA".substring(0, 7) + "A";
    add("client", "forged and expired", forged, now + 600, "TICKET_INVALID", "P-105");
  }

  private void services() {
    long now = NOW.getEpochSecond();
    service("a service", Fixed.serviceClaims());
    service("no scope", Fixed.serviceClaims().replace("\"push\"", ""));
    service(
        "every scope",
        Fixed.serviceClaims()
            .replace("\"push\"", "\"push\",\"rekey\",\"evict\",\"read\",\"presence\""));
    String bad = "TICKET_INVALID";
    add("service", "a client's ticket", good(0), now, bad, "P-107");
    String long25 = Fixed.token(Fixed.serviceClaims().replace("1767229200", "1767315600"));
    add("service", "25 hours", long25, now, bad, "P-108");
    String unknown = Fixed.token(Fixed.serviceClaims().replace("\"push\"", "\"admin\""));
    add("service", "unknown scope", unknown, now, bad, "P-113");
    String twice = Fixed.token(Fixed.serviceClaims().replace("\"push\"", "\"push\",\"push\""));
    add("service", "scope twice", twice, now, bad, "P-113");
    String name = Fixed.token(Fixed.serviceClaims().replace("\"bot\"", "\"Bot\""));
    add("service", "a name in capitals", name, now, bad, "P-113");
  }

  static List<Object> keySets() {
    List<Object> sets = new ArrayList<>();
    sets.add(set("three keys", Fixed.set(ED, Fixed.EC, HS), "kids", List.of("ed", "ec", "hs")));
    String exported = ED.replace("{", "{\"ext\":true,\"key_ops\":[\"sign\"],\"use\":\"sig\",");
    sets.add(set("as a browser exports it", Fixed.set(exported), "kids", List.of("ed")));
    sets.add(set("no keys", Fixed.set(), "check", "P-121"));
    sets.add(set("one kid twice", Fixed.set(HS, ED.replace("\"ed\"", "\"hs\"")), "check", "P-121"));
    sets.add(
        set("a kid with a space", Fixed.set(HS.replace("\"hs\"", "\"h s\"")), "check", "P-121"));
    sets.add(set("no alg", Fixed.set(ED.replace("\"alg\":\"EdDSA\",", "")), "check", "P-122"));
    sets.add(set("alg of another type", Fixed.set(ED.replace("EdDSA", "HS256")), "check", "P-122"));
    sets.add(
        set("for encryption", Fixed.set(ED.replace("{", "{\"use\":\"enc\",")), "check", "P-122"));
    sets.add(
        set(
            "off the curve",
            Fixed.set(Fixed.EC.replace("x_FEzRu9", "x_FEzRu8")),
            "check",
            "P-123"));
    String x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    String neutral = ED.replaceFirst(",\"d\":\"[^\"]+\"", "").replace(x, "AQ" + "A".repeat(41));
    sets.add(set("the neutral point", Fixed.set(neutral), "check", "P-123"));
    sets.add(
        set(
            "halves of two keys",
            Fixed.set(ED.replace("\"d\":\"nW", "\"d\":\"nX")),
            "check",
            "P-124"));
    String weak = HS.replaceFirst("\"k\":\"[^\"]+\"", "\"k\":\"" + "A".repeat(42) + "\"");
    sets.add(set("an HMAC secret of 31 bytes", Fixed.set(weak), "check", "P-125"));
    return sets;
  }

  private static String good(int rooms) {
    return Tickets.sign(Fixed.ticket(rooms), key("ed"));
  }

  private void good(String name, String token) {
    good(name, token, NOW.getEpochSecond());
  }

  private void good(String name, String token, long now) {
    Map<String, Object> one = start("client", name, token, now);
    one.put("alg", Json.text(part(token, 0), "alg"));
    one.put("claims", part(token, 1));
    cases.add(one);
  }

  private void service(String name, String claims) {
    String token = Fixed.token(claims);
    Map<String, Object> one = start("service", name, token, NOW.getEpochSecond());
    one.put("claims", part(token, 1));
    cases.add(one);
  }

  private void claims(String name, String check, String claims) {
    bad(name, check, Fixed.token(claims));
  }

  private void bad(String name, String check, String token) {
    add("client", name, token, NOW.getEpochSecond(), "TICKET_INVALID", check);
  }

  private void add(String as, String name, String token, long now, String error, String check) {
    Map<String, Object> one = start(as, name, token, now);
    one.put("error", error);
    one.put("check", check);
    cases.add(one);
  }

  private static Map<String, Object> start(String as, String name, String token, long now) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", name);
    one.put("as", as);
    one.put("now", now);
    one.put("token", token);
    return one;
  }

  private static Map<String, Object> set(String name, String set, String what, Object value) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", name);
    one.put("set", set);
    one.put(what, value);
    return one;
  }

  private static Map<String, Object> part(String token, int index) {
    return Json.object(
        Base64.getUrlDecoder()
            .decode(token.split("\\.")[index].getBytes(StandardCharsets.US_ASCII)));
  }
}
