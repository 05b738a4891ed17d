package dev.zamok.client.authority;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.authority.HttpExchange.Call;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.SessionId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@link AccountApi} over HTTPS. Holds the token of the session. */
final class HttpAccount implements AccountApi {
  private static final String CODE = "/v1/device/code";
  private static final int CODES_MAX = 2;

  private final HttpExchange http;
  private final String token;

  HttpAccount(HttpExchange http, String token) {
    this.http = http;
    this.token = token;
  }

  @Override
  public CompletableFuture<List<DeviceCode>> deviceCodes() {
    return http.get(
        CODE,
        token,
        in -> {
          List<DeviceCode> codes = in.objects("codes", HttpAccount::code);
          if (codes.isEmpty() || codes.size() > CODES_MAX) {
            throw ClientProblem.tampered("the server's answer breaks its contract: codes");
          }
          return codes;
        });
  }

  @Override
  public CompletableFuture<DeviceCode> newDeviceCode() {
    return http.call(new Call("POST", CODE, null), token, HttpAccount::code);
  }

  @Override
  public CompletableFuture<Void> confirmDeviceCode(int number) {
    ObjectNode body = HttpExchange.object().put("number", number);
    return http.run(new Call("PUT", CODE, body), token);
  }

  @Override
  public CompletableFuture<Void> forgetDevice() {
    return http.run(new Call("DELETE", CODE, null), token);
  }

  @Override
  public CompletableFuture<Void> rename(SessionId session, String deviceName) {
    ObjectNode body = HttpExchange.object().put("deviceName", deviceName);
    return http.run(new Call("PUT", "/v1/sessions/" + session, body), token);
  }

  @Override
  public CompletableFuture<Void> replaceKeyset(Answers.Keyset next, String password) {
    ObjectNode body = HttpAuthority.keyset(next).put("password", password);
    return http.run(new Call("PUT", "/v1/keyset", body, next.seq() - 1), token);
  }

  @Override
  public CompletableFuture<Void> putCard(Bytes card) {
    ObjectNode body = HttpExchange.object().put("card", card.toBase64Url());
    return http.run(new Call("PUT", "/v1/card", body), token);
  }

  private static DeviceCode code(JsonFields in) {
    SecretBytes code = SecretBytes.wrap(in.bytes("code").toByteArray());
    if (code.size() != UnlockSecret.SERVER_CODE_SIZE) {
      throw ClientProblem.tampered("the server's answer breaks its contract: code");
    }
    return new DeviceCode(in.u31("number"), code);
  }
}
