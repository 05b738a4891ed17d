package dev.zamok.authority.account;

import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.audit.AuditAction;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The operations of the contract that are about cards. */
final class CardApi implements Endpoints {
  private final AccountParts parts;
  private final CardRows cards;
  private final Audit audit;

  CardApi(AccountParts parts, SealedStore store, Audit audit) {
    this.parts = parts;
    this.cards = new CardRows(store);
    this.audit = audit;
  }

  @Override
  public void addTo(Api api) {
    api.on("putCard", this::put).on("lookupCards", this::lookup);
  }

  private Future<Answer> put(Request request) {
    Card card = CardRows.parse(request.body().getString("card"), request.principal().account());
    return audit
        .note(request.principal(), AuditAction.CARD_REPLACED, card.fingerprint().bytes())
        .compose(v -> cards.succeed(card))
        .compose(v -> parts.hook().cardReplaced(request.principal().account()))
        .map(Answer.NO_CONTENT);
  }

  private Future<Answer> lookup(Request request) {
    parts.limits().lookup(request.principal().account());
    JsonObject query = request.body();
    List<LoginName> names =
        strings(query, "logins", text -> LoginName.parse(text)).stream()
            .flatMap(name -> name.stream())
            .toList();
    Directory directory = parts.directory();
    Future<List<KnownCard>> byLogin = directory.byLogins(names);
    Future<List<KnownCard>> byAccount =
        directory.byAccounts(strings(query, "accounts", AccountId::parse));
    Future<List<KnownCard>> byFingerprint =
        directory.byFingerprints(strings(query, "fingerprints", Fingerprint::parse));
    return Future.all(byLogin, byAccount, byFingerprint)
        .map(
            all -> {
              Map<Fingerprint, KnownCard> found = new LinkedHashMap<>();
              for (List<KnownCard> some :
                  List.of(byLogin.result(), byAccount.result(), byFingerprint.result())) {
                some.forEach(known -> found.put(known.card().fingerprint(), known));
              }
              JsonArray cards = new JsonArray();
              found.values().forEach(known -> cards.add(json(known)));
              return Answer.ok(new JsonObject().put("cards", cards));
            });
  }

  private static JsonObject json(KnownCard known) {
    return new JsonObject()
        .put("account", known.profile().account().toString())
        .put("login", known.profile().login())
        .put("card", known.card().encoded().toBase64Url());
  }

  private static <T> List<T> strings(JsonObject query, String name, Function<String, T> parse) {
    JsonArray array = query.getJsonArray(name, new JsonArray());
    return array.stream().map(each -> parse.apply((String) each)).distinct().toList();
  }
}
