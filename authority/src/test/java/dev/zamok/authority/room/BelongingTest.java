package dev.zamok.authority.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rooms somebody is in who is in very many. */
class BelongingTest {
  private static final AccountId SOMEBODY = new AccountId(1, 2);
  private static final long SEALED = 0x0200_0000_0000_0000L;

  @TempDir Path directory;
  private RoomBed bed;
  private Belonging belonging;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    belonging = new Belonging(bed.store());
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private void in(int room, Role role) {
    Membership membership =
        new Membership(
            SOMEBODY, new RoomId(SEALED, room), new MemberTag(room), role, 1, 1, Position.ZERO);
    bed.on(() -> belonging.direct().put(membership));
  }

  /** As tickets ask, with the same limit. */
  private int readable(int max) {
    return bed.on(() -> bed.rooms().memberships(SOMEBODY, max)).size();
  }

  @Test
  void roomsThatAreAdministeredWithoutReadingTakeNoPlaceOfThoseThatAreRead() {
    for (int room = 1; room <= 6; room++) {
      in(room, Role.STEWARD);
    }
    for (int room = 7; room <= 10; room++) {
      in(room, Role.READER);
    }
    assertThat(readable(4)).isEqualTo(4);
    assertThat(bed.on(() -> belonging.all(SOMEBODY, 20))).hasSize(10);
  }

  @Test
  void moreThanAreAskedForAreToldByOneMore() {
    for (int room = 1; room <= 6; room++) {
      in(room, room % 2 == 0 ? Role.STEWARD : Role.WRITER);
    }
    assertThat(readable(2)).isEqualTo(3);
    assertThat(readable(3)).isEqualTo(3);
  }
}
