package dev.zamok.app.safe;

import dev.zamok.app.login.ServerChoice;
import dev.zamok.app.login.Surroundings;
import dev.zamok.app.login.Visit;
import java.util.function.ToIntFunction;
import picocli.CommandLine;

/** Logs in, lets something be done, and logs out. */
record Opening(ServerChoice server, Surroundings around, boolean json) {
  /** Yields what {@code work} does. */
  int with(CommandLine line, ToIntFunction<Desk> work) {
    return new Visit(server, around)
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
