package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.SafeTest.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.safe.Admitted;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Invitation;
import dev.zamok.client.safe.InviteLink;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.crypto.chain.Role;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An admin was let in by a program that was cut off before he administered the folders. */
class CutOffAdmissionTest {
  @Test
  void theNextLookOfAnAdminMakesHimFollowAndTellsOnce(@TempDir Path place) {
    try (TestServer server = TestServer.start(place);
        EvilServer evil = EvilServer.before(server, place);
        Person ada = Person.register(evil.way(Person.Way.to(server)), "ada");
        Person brian = Person.register(Person.Way.to(server), "brian");
        Person carol = Person.register(Person.Way.to(server), "carol")) {
      Safe safe = get(ada.session().safes().create("cut off"));
      get(safe.sharing().share("brian", Role.READER));
      SafeFolder board = get(safe.folders().create("board", Map.of("brian", FolderRight.READ)));
      Invitation code = get(safe.invitations().invite(Role.ADMIN, Duration.ofDays(1), null));
      InviteLink link = InviteLink.parse(code.link().toString());
      get(carol.session().safes().accept(link, code.code()));
      List<Admitted> told = new CopyOnWriteArrayList<>();
      ada.session().safes().onAdmitted(told::add);
      evil.refuses(HttpMethod.POST, "/v1/rooms/" + board.id() + "/statements");
      get(safe.items().contents());
      assertThat(told).singleElement().matches(one -> !one.late() && !one.folders().isEmpty());
      evil.lieNoMore();
      assertThat(get(of(carol, safe).folders().list())).noneMatch(SafeFolder::administers);

      get(safe.items().contents());
      get(safe.items().contents());

      assertThat(get(of(carol, safe).folders().list())).allMatch(SafeFolder::administers);
      assertThat(told).hasSize(2);
      assertThat(told.get(1))
          .matches(Admitted::late)
          .matches(one -> one.folders().isEmpty())
          .matches(one -> one.who().login().equals("carol"));
    }
  }
}
