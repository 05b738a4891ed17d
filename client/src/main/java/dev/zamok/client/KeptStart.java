package dev.zamok.client;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.HttpAuthority;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.device.DeviceKeeper;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.KeptDevice;
import dev.zamok.client.profile.Profile;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The start of a device that is kept: without any password. Belongs to the client's loop. */
final class KeptStart {
  private final Profile profile;
  private final HttpAuthority authority;
  private final Accounts accounts;
  private final Function<String, DeviceKeeper> keepers;

  /**
   * @param keepers by the token of a session
   */
  KeptStart(
      Profile profile,
      HttpAuthority authority,
      Accounts accounts,
      Function<String, DeviceKeeper> keepers) {
    this.profile = profile;
    this.authority = authority;
    this.accounts = accounts;
    this.keepers = keepers;
  }

  /** The session that goes on. */
  record Resumed(String name, Answers.NewSession session, Accounts.Opened opened) {
    private static Resumed of(KeptDevice.Login login, Accounts.Opened opened) {
      return new Resumed(
          login.name(),
          new Answers.NewSession(
              login.token(), login.session(), login.account(), login.expiresMillis()),
          opened);
    }

    @Override
    public String toString() {
      return "Resumed[" + name + "]";
    }
  }

  private KeptDevice kept() {
    return profile
        .keptDevice()
        .orElseThrow(() -> ClientProblem.of(Kind.LOGGED_OUT, "this device is not kept"));
  }

  /** See {@link ZamokClient#resume}. */
  CompletableFuture<Resumed> resume() {
    KeptDevice kept = kept();
    SessionApi api = authority.session(kept.login().token());
    DeviceKeeper keeper = keepers.apply(kept.login().token());
    return keeper
        .open(kept)
        .thenCompose(
            key ->
                api.account()
                    .thenCompose(about -> accounts.open(api, own(about, kept.login()), key)))
        .thenCompose(
            opened ->
                keeper
                    .changeWhenDue(kept, opened.key())
                    // What was not finished is at the next start; the old halves open until then.
                    .exceptionally(failure -> ignore(ClientProblem.in(failure)))
                    .thenApply(done -> Resumed.of(kept.login(), opened)))
        .whenComplete((resumed, failure) -> forgetWhatIsOver(failure));
  }

  private static Void ignore(ClientProblem problem) {
    if (problem.isLoud()) {
      throw problem;
    }
    return null;
  }

  private static Answers.Account own(Answers.Account about, KeptDevice.Login login) {
    if (!about.account().equals(login.account())) {
      throw ClientProblem.tampered("the server answered for another account");
    }
    return about;
  }

  private void forgetWhatIsOver(@Nullable Throwable failure) {
    boolean over =
        failure != null
            && (ClientProblem.is(failure, Kind.LOGGED_OUT)
                || ClientProblem.isRefusal(failure, "not-found")
                || ClientProblem.isRefusal(failure, DeviceKeeper.CHANGED)
                || ClientProblem.isRefusal(failure, "keys-replaced"));
    if (over) {
      profile.forgetDevice();
    }
  }

  /** See {@link ZamokClient#forgetKept}. */
  CompletableFuture<Void> forget() {
    String token = kept().login().token();
    profile.forgetDevice();
    return authority
        .account(token)
        .forgetDevice()
        .thenCompose(done -> authority.session(token).logout())
        .exceptionally(
            failure -> {
              if (ClientProblem.is(failure, Kind.LOGGED_OUT)) {
                return null;
              }
              throw ClientProblem.in(failure);
            });
  }
}
