package dev.zamok.authority.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Binds operations to the contract {@code openapi.yaml}.
 *
 * <p>Each request passes, in this order: who asks (unless the contract says that nobody must), the
 * size of the body, whether the session outlived the body, the contract, the operation. An
 * operation of the contract that nobody bound answers {@link Problem#NOT_IMPLEMENTED}.
 */
public final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final String CONTRACT = "openapi.yaml";

  private final Vertx vertx;
  private final OpenAPIContract contract;
  private final Map<String, Operation> operations = new HashMap<>();

  private Api(Vertx vertx, OpenAPIContract contract) {
    this.vertx = vertx;
    this.contract = contract;
  }

  public static Future<Api> load(Vertx vertx) {
    return vertx
        .fileSystem()
        .readFile(CONTRACT)
        .compose(text -> resolve(vertx, text))
        .map(contract -> new Api(vertx, contract));
  }

  /**
   * Takes seconds where the processor is busy, in several steps: all of them on a worker, or the
   * loop would stand still.
   */
  private static Future<OpenAPIContract> resolve(Vertx vertx, Buffer text) {
    VertxInternal internal = (VertxInternal) vertx;
    Promise<OpenAPIContract> resolved = internal.getOrCreateContext().promise();
    internal
        .createWorkerContext()
        .runOnContext(
            entered ->
                OpenAPIContract.from(vertx, requestsOf(text.toString(UTF_8))).onComplete(resolved));
    return resolved.future();
  }

  /**
   * Binds an operation; fails with {@link IllegalArgumentException} if the contract has none of
   * this id, or it is bound already.
   */
  public Api on(String operationId, Operation operation) {
    if (contract.operation(operationId) == null) {
      throw new IllegalArgumentException("the contract has no operation " + operationId);
    }
    if (operations.put(operationId, operation) != null) {
      throw new IllegalArgumentException(operationId + " is bound twice");
    }
    return this;
  }

  /**
   * The contract without what the library cannot do: it refuses contracts with a media type which
   * it cannot validate, {@code application/problem+json} among them, and takes the quotes off
   * {@code If-Match} before it looks at the pattern; see {@link Request#ifMatch}.
   */
  private static JsonObject requestsOf(String yaml) {
    Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    JsonObject contract = new JsonObject(root);
    contract
        .getJsonObject("components")
        .getJsonObject("responses")
        .getJsonObject("Problem")
        .remove("content");
    contract.getJsonObject("paths").stream()
        .flatMap(path -> ((JsonObject) path.getValue()).stream())
        .filter(operation -> operation.getValue() instanceof JsonObject)
        .flatMap(
            operation ->
                ((JsonObject) operation.getValue())
                    .getJsonArray("parameters", new JsonArray()).stream())
        .map(JsonObject.class::cast)
        .filter(parameter -> "If-Match".equals(parameter.getString("name")))
        .forEach(parameter -> parameter.getJsonObject("schema").remove("pattern"));
    return contract;
  }

  Router router(SessionCheck sessions, Gate gate) {
    RouterBuilder builder = RouterBuilder.create(vertx, contract);
    RequestValidator validator = RequestValidator.create(vertx, contract);
    TreeSet<String> missing = new TreeSet<>();
    for (OpenAPIRoute route : builder.getRoutes()) {
      String id = route.getOperation().getOperationId();
      Operation bound = operations.get(id);
      if (bound == null) {
        missing.add(id);
      }
      Operation operation =
          bound == null ? r -> Future.failedFuture(Problem.NOT_IMPLEMENTED.refusal()) : bound;
      route.setDoValidation(false).setDoSecurity(false);
      route.addHandler(context -> gate.begin(context, id));
      if (isSecured(route)) {
        route.addHandler(context -> gate.authenticate(context, sessions));
      }
      route.addHandler(gate::readBody);
      if (isSecured(route)) {
        route.addHandler(context -> gate.authenticateAgain(context, sessions));
      }
      route.addHandler(
          context ->
              validate(route, validator, context)
                  .onSuccess(request -> gate.run(context, request, operation))
                  .onFailure(context::fail));
    }
    if (!missing.isEmpty()) {
      LOG.warn("operations of the contract that nobody serves: {}", missing);
    }
    return builder.createRouter();
  }

  /** Secured by default: an operation is open only if the contract lists no requirement for it. */
  private static boolean isSecured(OpenAPIRoute route) {
    return !route.getOperation().getSecurityRequirements().isEmpty();
  }

  private static Future<ValidatedRequest> validate(
      OpenAPIRoute route, RequestValidator validator, RoutingContext context) {
    return RequestExtractor.withBodyHandler()
        .extractValidatableRequest(context, route.getOperation())
        .compose(request -> validator.validate(request, route.getOperation().getOperationId()));
  }
}
