package dev.zamok.client.authority;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.authority.HttpExchange.Call;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@link SharingApi} over HTTPS. */
final class HttpSharing implements SharingApi {
  private final HttpExchange http;
  private final String token;

  HttpSharing(HttpExchange http, String token) {
    this.http = http;
    this.token = token;
  }

  @Override
  public CompletableFuture<String> invite(RoomId room, Bytes statement, @Nullable String email) {
    ObjectNode body = statement(statement);
    if (email != null) {
      body.put("email", email);
    }
    return http.call(
        new Call("POST", path(room, "/invitations"), body), token, in -> in.text("letter"));
  }

  @Override
  public CompletableFuture<Void> withdraw(RoomId room, int invite, Bytes statement) {
    return http.run(new Call("POST", path(room, invite, "/withdraw"), statement(statement)), token);
  }

  @Override
  public CompletableFuture<Void> accept(RoomId room, int invite, Bytes statement) {
    return http.run(new Call("POST", path(room, invite, "/accept"), statement(statement)), token);
  }

  @Override
  public CompletableFuture<Answers.Statements> invitedStatements(
      RoomId room, int invite, Bytes proof, int from) {
    ObjectNode body = HttpExchange.object().put("proof", proof.toBase64Url()).put("from", from);
    return http.call(
        new Call("POST", path(room, invite, "/statements"), body), token, Reading::statements);
  }

  @Override
  public CompletableFuture<Void> claim(RoomId room, int invite, Bytes letterToken) {
    ObjectNode body = HttpExchange.object().put("token", letterToken.toBase64Url());
    return http.run(new Call("POST", path(room, invite, "/claim"), body), token);
  }

  @Override
  public CompletableFuture<List<RoomInvitation>> invitations(RoomId room) {
    return http.get(
        path(room, "/invitations"),
        token,
        in ->
            in.objects(
                "invitations",
                one ->
                    new RoomInvitation(
                        one.u31("invite"), one.textOrNull("email"), one.flagOr("sent", false))));
  }

  @Override
  public CompletableFuture<List<OwnInvitation>> invitations() {
    return http.get(
        "/v1/invitations",
        token,
        in ->
            in.objects(
                "invitations",
                one ->
                    new OwnInvitation(
                        one.parsed("room", RoomId::parse),
                        one.u31("invite"),
                        one.text("inviter"),
                        one.number("expiresAt"))));
  }

  @Override
  public CompletableFuture<Void> putParcel(Bytes id, NewParcel parcel) {
    ObjectNode body = HttpExchange.object().put("recipient", parcel.recipient().toString());
    body.put("expiresAt", parcel.expiryMillis()).put("sealed", parcel.sealed().toBase64Url());
    return http.run(new Call("PUT", parcelPath(id), body), token);
  }

  @Override
  public CompletableFuture<Parcels> parcels() {
    return http.get(
        "/v1/parcels",
        token,
        in ->
            new Parcels(
                in.objects(
                    "received",
                    one ->
                        new WaitingParcel(
                            one.bytes("parcel"),
                            one.parsed("sender", Fingerprint::parse),
                            one.number("sentAt"),
                            one.number("expiresAt"))),
                in.objects(
                    "sent",
                    one ->
                        new SentParcel(
                            one.bytes("parcel"),
                            one.parsed("recipient", AccountId::parse),
                            one.number("expiresAt")))));
  }

  @Override
  public CompletableFuture<OpenedParcel> openParcel(Bytes id) {
    return http.call(
        new Call("POST", parcelPath(id) + "/open", null),
        token,
        in ->
            new OpenedParcel(
                in.parsed("sender", Fingerprint::parse),
                in.number("expiresAt"),
                in.bytes("sealed")));
  }

  @Override
  public CompletableFuture<Void> revokeParcel(Bytes id) {
    return http.run(new Call("DELETE", parcelPath(id), null), token);
  }

  private static ObjectNode statement(Bytes statement) {
    return HttpExchange.object().put("statement", statement.toBase64Url());
  }

  private static String parcelPath(Bytes id) {
    return "/v1/parcels/" + id.toBase64Url();
  }

  private static String path(RoomId room, String rest) {
    return "/v1/rooms/" + room + rest;
  }

  private static String path(RoomId room, int invite, String rest) {
    return path(room, "/invitations/" + invite + rest);
  }
}
