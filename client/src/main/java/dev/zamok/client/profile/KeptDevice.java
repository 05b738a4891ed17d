package dev.zamok.client.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.account.UnlockWrap;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.SessionId;
import java.util.ArrayList;
import java.util.List;

/**
 * What unlocks the account on this device together with the server's half: useless without it.
 *
 * @param halves older first; two while the server's half changes
 */
public record KeptDevice(Login login, List<Half> halves) {
  private static final int HALVES_MAX = 2;

  /**
   * The session that goes on between runs.
   *
   * @param token a credential: whoever has it is this device to the server
   */
  public record Login(
      AccountId account, String name, SessionId session, String token, long expiresMillis) {
    @Override
    public String toString() {
      return "Login[" + name + "]";
    }
  }

  /**
   * The device's half, and the unlocking key under both.
   *
   * @param number of the server's half
   * @param madeMillis when
   */
  public record Half(int number, long madeMillis, SecretBytes secret, UnlockWrap wrap) {
    @Override
    public String toString() {
      return "Half[" + number + "]";
    }
  }

  public KeptDevice {
    halves = List.copyOf(halves);
    if (halves.isEmpty() || halves.size() > HALVES_MAX) {
      throw new IllegalArgumentException(halves.size() + " halves");
    }
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("account", login.account().toString()).put("login", login.name());
    json.put("session", login.session().toString()).put("token", login.token());
    json.put("expiresAt", login.expiresMillis());
    ArrayNode list = json.putArray("halves");
    for (Half half : halves) {
      list.addObject()
          .put("number", half.number())
          .put("madeAt", half.madeMillis())
          .put("secret", Bytes.wrap(half.secret().toByteArray()).toBase64Url())
          .put("wrap", half.wrap().encode().toBase64Url());
    }
    return json;
  }

  static KeptDevice fromJson(ObjectNode json) {
    Login login =
        new Login(
            AccountId.parse(json.path("account").asText()),
            json.path("login").asText(),
            SessionId.parse(json.path("session").asText()),
            json.path("token").asText(),
            json.path("expiresAt").asLong());
    List<Half> halves = new ArrayList<>();
    for (JsonNode half : json.path("halves")) {
      halves.add(
          new Half(
              half.path("number").asInt(),
              half.path("madeAt").asLong(),
              SecretBytes.wrap(Bytes.fromBase64Url(half.path("secret").asText()).toByteArray()),
              UnlockWrap.parse(Bytes.fromBase64Url(half.path("wrap").asText()))));
    }
    return new KeptDevice(login, halves);
  }
}
