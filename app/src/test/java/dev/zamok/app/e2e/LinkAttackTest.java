package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.LinkClient;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.safe.Links;
import dev.zamok.client.safe.SecretLink;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.protocol.Bytes;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Links to single secrets, opened by people without an account, and what is tried with them. */
class LinkAttackTest {
  private static final MovingClock CLOCK = new MovingClock();

  @RegisterExtension static final AttackBed BED = AttackBed.allAt(CLOCK);

  private static EvilServer evil;
  private static Person ada;
  private static LinkClient stranger;
  private static LinkClient victim;

  @BeforeAll
  static void register() {
    evil = BED.evil();
    ada = BED.honest("ada");
    stranger = client(BED.server().uri());
    victim = client(evilUri());
  }

  private static LinkClient client(URI at) {
    return new LinkClient(at, ServerTrust.pinned(BED.server().fingerprint()));
  }

  @AfterAll
  static void stop() {
    stranger.close();
    victim.close();
  }

  private static URI evilUri() {
    return BED.evilWay().server();
  }

  private static Links.Sent sent(int views, boolean code) {
    Links.Terms terms = new Links.Terms(views, Duration.ofHours(1), code);
    return get(ada.session().safes().send(secret("hand over"), terms));
  }

  private static CompletableFuture<Links.Received> receive(Links.Sent sent) {
    return stranger.receive(link(sent), sent.code());
  }

  private static SecretLink link(Links.Sent sent) {
    return SecretLink.parse(sent.link().toString());
  }

  /** The same link, of somebody for whom the evil server is the true one. */
  private static SecretLink evilLink(Links.Sent sent) {
    return SecretLink.parse(evilUri() + "/receive#" + sent.link().getFragment());
  }

  private static void gone(Links.Sent sent) {
    assertThat(problem(receive(sent)).refusal()).isEqualTo("not-found");
  }

  @Test
  void aLinkGivesItsSecretAsOftenAsItsSenderSaidAndNoMore() {
    Links.Sent once = sent(1, false);
    assertThat(get(receive(once)).content()).isEqualTo(secret("hand over"));
    gone(once);
    Links.Sent twice = sent(2, true);
    assertThat(get(receive(twice)).viewsLeft()).isEqualTo(1);
    assertThat(get(receive(twice)).viewsLeft()).isZero();
    gone(twice);
  }

  @Test
  void ofManyWhoOpenALinkAtOnceExactlyOneGetsIt() {
    Links.Sent once = sent(1, false);
    List<CompletableFuture<Links.Received>> all = new ArrayList<>();
    int got = 0;
    try (LinkClient other = client(BED.server().uri())) {
      for (int i = 0; i < 3; i++) {
        all.add(receive(once));
        all.add(other.receive(link(once), null));
      }
      for (CompletableFuture<Links.Received> one : all) {
        got += one.handle((received, failure) -> failure == null ? 1 : 0).join();
      }
    }
    assertThat(got).isEqualTo(1);
  }

  @Test
  void aPreviewerFollowsALinkAndBurnsNothing() {
    Links.Sent once = sent(1, false);
    String key = id(once);
    for (HttpMethod method :
        List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT)) {
      for (String path :
          List.of(
              once.link().getPath(),
              once.link().getPath() + "?" + once.link().getFragment(),
              "/v1/links/" + key,
              "/v1/links/" + key + "/open")) {
        EvilServer.Answered answered = evil.ask(method, path);
        assertThat(answered.status()).as(method + " " + path).isGreaterThanOrEqualTo(400);
        assertThat(answered.body()).doesNotContain("sealed");
      }
    }
    // Nor does the POST of one that has no token.
    assertThat(evil.ask(HttpMethod.POST, "/v1/links/" + key + "/open").status())
        .isGreaterThanOrEqualTo(400);
    assertThat(get(receive(once)).content()).isEqualTo(secret("hand over"));
    gone(once);
  }

  /** The id of a link as it stands in addresses. */
  private static String id(Links.Sent sent) {
    return Bytes.fromBase64Url(sent.link().getFragment()).slice(0, 16).toBase64Url();
  }

  @Test
  void aCodeIsGuessedOnLineUntilTheSecretIsGone() {
    Links.Sent coded = sent(1, true);
    String wrong = sent(1, true).code();
    SecretLink link = link(coded);
    assertThat(problem(stranger.receive(link, null)).refusal()).isEqualTo("code-needed");
    for (int i = 0; i < 5; i++) {
      assertThat(problem(stranger.receive(link, wrong)).kind())
          .isEqualTo(ClientProblem.Kind.NOT_ALLOWED);
    }
    gone(coded);
  }

  @Test
  void whoLearnsTheIdAloneGetsNothing() {
    Links.Sent once = sent(1, false);
    String other = sent(1, false).link().getFragment();
    // The first 21 characters are of the id, the rest of the key.
    String forged = once.link().getFragment().substring(0, 21) + other.substring(21);
    SecretLink known = SecretLink.parse(BED.server().uri() + "/receive#" + forged);
    ClientProblem problem = problem(stranger.receive(known, null));
    assertThat(problem.kind()).isIn(ClientProblem.Kind.NOT_ALLOWED, ClientProblem.Kind.REFUSED);
    assertThat(get(receive(once)).content()).isEqualTo(secret("hand over"));
  }

  @Test
  void aLinkIsOpenedAfterItsTime() {
    Links.Sent late = sent(1, false);
    CLOCK.advance(Duration.ofHours(2));
    gone(late);
  }

  @Test
  void theServerAltersWhatItKept() {
    Links.Sent once = sent(1, false);
    evil.lies(
        "/v1/links/.*/open",
        (asked, truth) -> {
          String sealed = truth.getString("sealed");
          char last = sealed.charAt(40) == 'A' ? 'B' : 'A';
          return new JsonObject()
              .put("sealed", sealed.substring(0, 40) + last + sealed.substring(41))
              .put("viewsLeft", 0);
        });
    assertThat(problem(victim.receive(evilLink(once), null)).kind())
        .isEqualTo(ClientProblem.Kind.TAMPERED);
    evil.lieNoMore();
  }

  @Test
  void neitherLinkNorCodeShowsInTextsOfTheProgram() {
    Links.Sent coded = sent(1, true);
    assertThat(coded.toString()).doesNotContain(coded.link().getFragment());
    assertThat(link(coded).toString()).doesNotContain(coded.link().getFragment());
    for (String broken : List.of("x" + fragment(coded), fragment(coded).substring(1), "")) {
      assertThatThrownBy(() -> SecretLink.parse(BED.server().uri() + "/receive#" + broken))
          .isInstanceOf(ClientProblem.class)
          .hasMessage("that is no link to a secret, or not all of it");
    }
  }

  private static String fragment(Links.Sent sent) {
    return sent.link().getFragment();
  }

  @Test
  void aLinkIsMadeToLookAsIfItWereOfAnotherServer() {
    Links.Sent once = sent(1, false);
    String fragment = "#" + fragment(once);
    for (String place :
        List.of(
            "http://localhost/receive",
            "https://localhost@evil.example/receive",
            "https://localhost/receive?to=evil.example",
            "https://localhost/v1/links",
            "https:///receive",
            "")) {
      assertThatThrownBy(() -> SecretLink.parse(place + fragment))
          .as(place)
          .isInstanceOf(ClientProblem.class);
    }
    // And one that names another server goes to no other than that.
    assertThat(problem(stranger.receive(evilLink(once), null)).refusal()).isEqualTo("other-server");
    assertThat(get(receive(once)).content()).isEqualTo(secret("hand over"));
  }

  /** What a server learns of who opens: nothing but that somebody has link and code. */
  @Test
  void theServerAsksWhoOpensALink() {
    Links.Sent coded = sent(1, true);
    int before = evil.requests().size();
    assertThat(get(victim.receive(evilLink(coded), coded.code())).content())
        .isEqualTo(secret("hand over"));
    List<EvilServer.Asked> asked = evil.requests().subList(before, evil.requests().size());
    assertThat(asked).hasSize(1);
    EvilServer.Asked request = asked.get(0);
    assertThat(request.path()).isEqualTo("/v1/links/" + id(coded) + "/open");
    assertThat(request.headers().keySet())
        .isSubsetOf("host", "content-length", "content-type", "accept", "user-agent");
    assertThat(request.body().fieldNames()).containsExactly("token");
    String code = coded.code();
    assertThat(request.toString()).doesNotContain(fragment(coded)).doesNotContain("" + code);
  }
}
