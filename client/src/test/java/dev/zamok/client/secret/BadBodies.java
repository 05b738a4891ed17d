package dev.zamok.client.secret;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must be refused, each for one reason. */
final class BadBodies {
  private static final String ITEM = "AAAAAAAAAAEAAAAAAAAAAg";

  private BadBodies() {}

  static List<Map<String, Object>> all() {
    List<Map<String, Object>> all = new ArrayList<>();
    all.add(bad("S-001", "{\"type\":\"login\",\"name\":\"a\"}", 0, false));
    all.add(bad("S-001", "{\"type\":\"login\",\"name\":\"a\",\"x\":\"%\"}", 530_000, true));
    all.add(bad("S-002", "", 0, false));
    all.add(bad("S-002", "[]"));
    all.add(bad("S-002", "\ufeff{\"type\":\"login\",\"name\":\"a\"}"));
    all.add(bad("S-002", "{\"type\":\"login\",\"name\":\"a\",\"name\":\"b\"}"));
    all.add(bad("S-002", "{\"type\":\"login\",\"name\":\"a\",\"x\":null}"));
    all.add(bad("S-002", "{\"type\":\"login\",\"name\":\"\\ud800\"}"));
    all.add(bad("S-002", "{\"type\":\"login\",\"name\":\"a\",\"x\":[[[[[[[[]]]]]]]]}"));
    all.add(bad("S-002", "{\"type\":\"login\",\"name\":\"a\"}{}"));
    all.add(bad("S-003", " {\"type\":\"login\",\"name\":\"a\"}"));
    all.add(bad("S-003", "{\"name\":\"a\",\"type\":\"login\"}"));
    all.add(bad("S-003", "{\"type\":\"login\",\"name\":\"\\u0061\"}"));
    all.add(bad("S-003", "{\"type\":\"login\",\"name\":\"a\"}" + " ".repeat(256)));
    all.add(bad("S-003", "{\"type\":\"login\",\"name\":\"a\"}\n"));
    all.add(bad("S-004", "{\"type\":\"login\",\"name\":\"a\",\"__proto__\":{}}"));
    all.add(bad("S-004", "{\"type\":\"login\",\"name\":\"a\",\"x\":{\"1\":1}}"));
    all.add(bad("S-005", "{\"type\":\"Login\",\"name\":\"a\"}"));
    all.add(bad("S-006", "{}"));
    all.add(bad("S-006", "{\"type\":\"login\",\"name\":1}"));
    all.add(bad("S-006", "{\"type\":\"login\",\"name\":\"a\",\"password\":\"\"}"));
    all.add(bad("S-006", "{\"type\":\"login\",\"name\":\"a\",\"urls\":[]}"));
    all.add(bad("S-006", "{\"type\":\"login\",\"name\":\"a\",\"urls\":[1]}"));
    all.add(bad("S-006", "{\"type\":\"login\",\"name\":\"a\",\"fields\":[{\"name\":\"a\"}]}"));
    all.add(bad("S-007", "{\"type\":\"login\",\"name\":\"\"}"));
    all.add(bad("S-007", "{\"type\":\"login\",\"name\":\"%\"}", 501, true));
    all.add(bad("S-007", "{\"type\":\"login\",\"name\":\"a\",\"login\":\"%\"}", 1_001, true));
    all.add(bad("S-007", "{\"type\":\"login\",\"name\":\"a\",\"password\":\"%\"}", 10_001, true));
    all.add(bad("S-007", "{\"type\":\"login\",\"name\":\"a\",\"notes\":\"%\"}", 100_001, true));
    all.add(bad("S-008", "{\"type\":\"login\",\"name\":\"\\u001b[2J\"}"));
    all.add(bad("S-008", "{\"type\":\"login\",\"name\":\"a\\nb\"}"));
    all.add(bad("S-008", "{\"type\":\"login\",\"name\":\"a\",\"notes\":\"a\\r\\nb\"}"));
    all.add(bad("S-008", "{\"type\":\"login\",\"name\":\"a\",\"password\":\"\\u0000\"}"));
    all.add(bad("S-009", "{\"type\":\"login\",\"name\":\"a\",\"tags\":[\"b\",\"b\"]}"));
    String fields = "{\"name\":\"a\",\"value\":\"\",\"hidden\":true},".repeat(201);
    all.add(
        bad(
            "S-009",
            "{\"type\":\"login\",\"name\":\"a\",\"fields\":["
                + fields.substring(0, fields.length() - 1)
                + "]}"));
    all.add(bad("S-010", "{\"type\":\"login\",\"name\":\"a\",\"passwordTime\":-1}"));
    all.add(bad("S-011", "{\"type\":\"login\",\"name\":\"a\",\"totp\":\"JBSWY3DP\"}"));
    all.add(bad("S-012", file(ITEM, "../../.profile")));
    all.add(bad("S-012", file(ITEM, "..")));
    all.add(bad("S-012", file("AA", "a")));
    return all;
  }

  private static String file(String item, String name) {
    return "{\"type\":\"login\",\"name\":\"a\",\"attachments\":[{\"item\":\""
        + item
        + "\",\"fileName\":\""
        + name
        + "\"}]}";
  }

  private static Map<String, Object> bad(String check, String json) {
    return bad(check, json, 0, true);
  }

  private static Map<String, Object> bad(String check, String json, int repeat, boolean padded) {
    Map<String, Object> vector = new LinkedHashMap<>();
    vector.put("check", check);
    vector.put("padded", padded);
    vector.put("json", json);
    if (repeat > 0) {
      vector.put("repeat", (long) repeat);
    }
    return vector;
  }
}
