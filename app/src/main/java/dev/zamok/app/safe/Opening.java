package dev.zamok.app.safe;

import dev.zamok.app.login.ServerChoice;
import dev.zamok.app.login.Surroundings;
import dev.zamok.app.login.Visit;
import dev.zamok.client.safe.InviteLink;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Logs in, lets something be done, and logs out. */
record Opening(ServerChoice server, Surroundings around, boolean json) {
  /**
   * Yields what {@code work} does.
   *
   * @param invitation by which an account may be made, or null
   */
  int with(CommandLine line, @Nullable InviteLink invitation, ToIntFunction<Desk> work) {
    return new Visit(server, around, invitation)
        .with(
            line,
            connected -> {
              Desk desk = new Desk(connected, around, line.getOut(), line.getErr(), json);
              connected.session().safes().onAdmitted(desk::note);
              connected.session().safes().onBroken(desk.broken()::add);
              int code = work.applyAsInt(desk);
              return code == 0 ? desk.flaw() : code;
            });
  }
}
