package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.server.Hub;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.ticket.ServiceTicket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;

/** What a backend asks of a hub without TLS, over its server API. Blocks. */
final class ServiceCalls {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String rooms;
  private final String ticket;

  ServiceCalls(Hub hub) {
    rooms = "http://127.0.0.1:" + hub.target().port() + "/hub/api/rooms/";
    ticket = "Bearer " + hub.desk().service(Set.of(ServiceTicket.Scope.REKEY));
  }

  void announce(RoomId room, int epoch, MessageId id, Bytes body) {
    post(room + "/announcements", fields(epoch, id, body));
  }

  /** The epoch before it stays good until {@link #close}. */
  void rekey(RoomId room, int epoch, MessageId id, Bytes body) {
    int minEpoch = Math.max(1, epoch - 1);
    post(room + "/rekeys", "\"minEpoch\":" + minEpoch + "," + fields(epoch, id, body));
  }

  void close(RoomId room, int epoch, MessageId id) {
    String epochs = "\"minEpoch\":" + epoch + ",\"epoch\":" + epoch;
    post(room + "/closings", epochs + ",\"id\":\"" + id + "\"");
  }

  private static String fields(int epoch, MessageId id, Bytes body) {
    return "\"epoch\":" + epoch + ",\"id\":\"" + id + "\",\"body\":\"" + body.toBase64Url() + "\"";
  }

  private void post(String path, String fields) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(rooms + path))
            .header("Authorization", ticket)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{" + fields + "}"))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
