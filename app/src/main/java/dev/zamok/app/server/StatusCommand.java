package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks an authority how the deployment is doing. */
@Command(
    name = "status",
    description = {
      "Show authorities, hubs, the shards of the log with their replicas, and alerts.",
      "Ends with 0 when nothing is wrong, with 1 when there is an alert or no answer."
    },
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  private static final long SECONDS_MAX = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The settings of the authority that is asked; it names the operator's token.")
  private @Nullable Path config;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Another address of that authority than its first host and its port.")
  private @Nullable String server;

  @Option(names = "--json", description = "Print what the authority answers.")
  private boolean json;

  @Override
  public Integer call() {
    NodeSettings settings = NodeSettings.read(config);
    String url =
        server == null
            ? "https://" + settings.tls().hosts().get(0) + ":" + settings.listen().port()
            : server;
    if (!url.startsWith("https://")) {
      throw new UserError("--server must start with https://: the token goes there");
    }
    String token = token(settings.authority().nodes().operatorToken());
    Path certificate = settings.tls().certificate();
    Path trust = certificate == null ? settings.keys().resolve("tls.certificate.pem") : certificate;
    JsonObject status = Foreground.once(vertx -> ask(vertx, url, token, trust), SECONDS_MAX);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? status.encodePrettily() : StatusText.of(status));
    out.flush();
    return StatusText.isHealthy(status) ? 0 : 1;
  }

  private static String token(@Nullable Path file) {
    if (file == null) {
      throw new UserError(
          "these settings have no authority.operatorToken: nobody may see the status");
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UserError("cannot read the operator's token " + file);
    }
  }

  private static Future<JsonObject> ask(Vertx vertx, String url, String token, Path trust) {
    HttpClientOptions options = new HttpClientOptions().setSsl(true).setVerifyHost(true);
    if (Files.exists(trust)) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(trust.toString()));
    }
    HttpClient http = vertx.createHttpClient(options);
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(url + "/v1/status")
            .putHeader("Authorization", "Bearer " + token);
    return http.request(request)
        .compose(sent -> sent.send().compose(StatusCommand::answer))
        // Vert.x closes a client that nobody holds any more, in the middle of a request, too.
        .onComplete(done -> http.close())
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof UserError
                        ? failure
                        : new UserError(url + " does not answer: " + failure.getMessage())));
  }

  private static Future<JsonObject> answer(HttpClientResponse response) {
    return response
        .body()
        .map(
            (Buffer body) -> {
              if (response.statusCode() != 200) {
                throw new UserError(
                    response.statusCode() == 401
                        ? "the authority does not take this operator's token"
                        : "the authority answered with status " + response.statusCode());
              }
              return body.toJsonObject();
            });
  }
}
