package dev.zamok.client.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A server that calls forgotten what it has dropped. */
class RetentionAttackTest {
  private static final long START = 1_800_000_000_000L;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final Identity self =
      Keyset.generate(new SecureRandom()).firstIdentity(new AccountId(1, 2));
  private final RoomId room = new RoomId(0x0200_0000_0000_0000L, 3);
  private final Opening first = at(Opening.Place.first(room, self.fingerprint(), 7), START);
  private final Opening second = at(first.next(), START + 300 * DAY);

  private Opening at(Opening.Place place, long time) {
    return Opening.sign(place, time, Opening.What.LIST, null, 0, self);
  }

  private ObjectNode check(long day, @Nullable ObjectNode seen, Opening... shown) {
    OpeningLines lines =
        new OpeningLines(room, self.fingerprint()::equals, f -> self.card(), START + day * DAY);
    lines.check(List.of(shown), seen);
    return lines.pins();
  }

  private void alarm(long day, @Nullable ObjectNode seen, Opening... shown) {
    assertThatThrownBy(() -> check(day, seen, shown))
        .isInstanceOfSatisfying(
            ClientProblem.class, p -> assertThat(p.kind()).isEqualTo(Kind.CHAIN_ALARM));
  }

  @Test
  void aLineMayLoseItsBeginningOnlyWhenThatIsOldEnough() {
    check(301, null, first, second);
    alarm(301, null, second);
    alarm(396, null, second);
    check(398, null, second);
  }

  @Test
  void anEndThatWasSeenMayBeGoneOnlyWhenItIsOldEnough() {
    ObjectNode seen = check(301, null, first, second);
    alarm(500, seen, first);
    alarm(500, seen);
    alarm(696, seen);
    check(698, seen);
  }
}
