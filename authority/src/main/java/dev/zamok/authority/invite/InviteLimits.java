package dev.zamok.authority.invite;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.TokenBuckets;
import dev.zamok.protocol.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** How many letters go out, and how often somebody may be wrong. Of one authority. */
final class InviteLimits {
  private static final int LETTERS_BURST = 20;
  private static final Duration LETTER_EVERY = Duration.ofMinutes(10);
  private static final int LETTERS_TO_ONE_BURST = 5;
  private static final Duration LETTER_TO_ONE_EVERY = Duration.ofHours(6);
  private static final int WRONG_BURST = 20;
  private static final Duration WRONG_EVERY = Duration.ofMinutes(1);
  private static final int KEYS_MAX = 50_000;

  private final TokenBuckets letters;
  private final TokenBuckets addresses;
  private final TokenBuckets wrong;

  InviteLimits(Clock clock) {
    letters = new TokenBuckets(LETTERS_BURST, LETTER_EVERY, KEYS_MAX, clock);
    addresses = new TokenBuckets(LETTERS_TO_ONE_BURST, LETTER_TO_ONE_EVERY, KEYS_MAX, clock);
    wrong = new TokenBuckets(WRONG_BURST, WRONG_EVERY, KEYS_MAX, clock);
  }

  /** Fails with {@link Refusal} when somebody writes too much, or too much comes to one address. */
  void letter(AccountId by, String address) {
    require(letters.take(by.toString()));
    require(addresses.take(address));
  }

  /** A try, to be given back by {@link #wasRight}. */
  void tryFor(AccountId who) {
    require(wrong.take(who.toString()));
  }

  void wasRight(AccountId who) {
    wrong.giveBack(who.toString());
  }

  private static void require(Optional<Duration> wait) {
    if (wait.isPresent()) {
      throw Refusal.retry(Problem.RATE_LIMITED, wait.get());
    }
  }
}
