package dev.zamok.authority.account;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Node;
import dev.zamok.authority.User;
import dev.zamok.authority.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginAttackTest {
  private static final AccountConfig.Rate PLENTY =
      new AccountConfig.Rate(10_000, Duration.ofSeconds(1));
  private static final AccountConfig.Rate THREE = new AccountConfig.Rate(3, Duration.ofSeconds(20));

  @TempDir Path directory;
  private Node node;

  @BeforeEach
  void make() {
    node = new Node(directory);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void enumeratingAccountsByTheAnswerToALoginLearnsNothing() {
    node.start();
    User.registered(node, "ada");
    HttpResponse<Buffer> wrong = login("ada", "wrong password");
    assertProblem(wrong, Problem.LOGIN_FAILED);
    for (String absent : List.of("nobody", "a\u200bda", " ")) {
      HttpResponse<Buffer> unknown = login(absent, "wrong password");
      assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode());
      assertThat(unknown.body()).isEqualTo(wrong.body());
      assertThat(List.copyOf(unknown.headers().names()))
          .isEqualTo(List.copyOf(wrong.headers().names()));
    }
  }

  /** Seen by what it takes from the pool: a refusal without a hash would never be too much. */
  @Test
  void enumeratingAccountsByTheWorkOfALoginLearnsNothing() {
    node.withPasswordThreads(1, 1).start();
    User.registered(node, "ada");
    for (String name : List.of("ada", "nobody")) {
      List<Future<HttpResponse<Buffer>>> answers = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        answers.add(
            node.client().post("/v1/sessions").sendJsonObject(User.login(name, "wrong password")));
      }
      await(Future.join(answers));
      assertThat(answers).anyMatch(a -> a.result().bodyAsString().contains("overloaded"));
      assertThat(answers).anyMatch(a -> a.result().bodyAsString().contains("login-failed"));
    }
  }

  @Test
  void guessingAPasswordIsSlowedDownWhetherTheAccountExistsOrNot() {
    node.with(new AccountConfig.Attempts(PLENTY, PLENTY, THREE, PLENTY)).start();
    User.registered(node, "ada");
    for (String name : List.of("ada", "nobody")) {
      for (int i = 0; i < 3; i++) {
        assertProblem(login(name, "guess number " + i), Problem.LOGIN_FAILED);
      }
      HttpResponse<Buffer> limited = login(name.toUpperCase(java.util.Locale.ROOT), User.PASSWORD);
      assertProblem(limited, Problem.RATE_LIMITED);
      assertThat(limited.getHeader("Retry-After")).isEqualTo("20");
      assertThat(limited.bodyAsJsonObject().getLong("retryAfterMillis")).isEqualTo(20_000);
    }
    node.clock.advance(Duration.ofSeconds(20));
    assertThat(login("ada", User.PASSWORD).statusCode()).isEqualTo(201);
  }

  @Test
  void guessingFromOneAddressIsSlowedDownAcrossNames() {
    node.with(new AccountConfig.Attempts(PLENTY, THREE, PLENTY, PLENTY)).start();
    for (int i = 0; i < 3; i++) {
      assertProblem(login("name" + i, "one password"), Problem.LOGIN_FAILED);
    }
    assertProblem(login("name4", "one password"), Problem.RATE_LIMITED);
  }

  @Test
  void whoLogsInRightIsNotSlowedDown() {
    node.with(new AccountConfig.Attempts(PLENTY, PLENTY, THREE, PLENTY)).start();
    User ada = User.registered(node, "ada");
    for (int i = 0; i < 6; i++) {
      ada.logIn();
    }
  }

  @Test
  void guessingThePasswordWithAStolenSessionIsSlowedDown() {
    node.with(new AccountConfig.Attempts(PLENTY, PLENTY, THREE, PLENTY)).start();
    User ada = User.loggedIn(node, "ada");
    var change =
        new io.vertx.core.json.JsonObject().put("current", "wrong guess").put("next", "mine mine");
    for (int i = 0; i < 3; i++) {
      assertProblem(ada.put("/v1/account/password", change), Problem.LOGIN_FAILED);
    }
    assertProblem(ada.put("/v1/account/password", change), Problem.RATE_LIMITED);
  }

  @Test
  void registeringInBulkIsSlowedDown() {
    node.with(new AccountConfig.Attempts(THREE, PLENTY, PLENTY, PLENTY)).start();
    for (int i = 0; i < 3; i++) {
      User.registered(node, "user" + i);
    }
    User late = User.of(node, "late");
    assertProblem(late.post("/v1/accounts", late.registration()), Problem.RATE_LIMITED);
  }

  @Test
  void neighboursInOneIpv6NetworkShareALimitAndOthersDoNot() {
    assertThat(Limits.network("2001:db8:1:2::1")).isEqualTo(Limits.network("2001:db8:1:2:ff::9"));
    assertThat(Limits.network("2001:db8:1:2::1")).isNotEqualTo(Limits.network("2001:db8:1:3::1"));
    assertThat(Limits.network("192.0.2.1")).isNotEqualTo(Limits.network("192.0.2.2"));
  }

  private HttpResponse<Buffer> login(String name, String password) {
    return await(node.client().post("/v1/sessions").sendJsonObject(User.login(name, password)));
  }
}
