package dev.zamok.app.device;

import dev.zamok.app.UserError;
import dev.zamok.app.login.Connected;
import dev.zamok.client.DeviceLogin;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Forget a device. */
@Command(
    name = "forget",
    description = {
      "Forget a device: it needs the passwords again. Without a name this one, which needs no",
      "password. Another one is cut off at once, and its rooms get new keys."
    },
    mixinStandardHelpOptions = true)
final class ForgetCommand implements Callable<Integer> {
  @ParentCommand private @Nullable DeviceCommand parent;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DEVICE",
      description = "Its name or id; this one if left out.")
  private @Nullable String device;

  @Override
  public Integer call() {
    DeviceCommand command = Objects.requireNonNull(parent);
    String named = device;
    if (named == null) {
      command.connector().forget();
      return 0;
    }
    return command.with(connected -> forget(connected, Devices.named(connected, named)));
  }

  private static void forget(Connected connected, DeviceLogin which) {
    if (!which.current()) {
      connected.waiting().on(connected.session().revoke(which.session()));
    } else if (connected.session().isKept()) {
      connected.waiting().on(connected.session().forgetDevice());
    } else {
      throw new UserError("this device is not kept");
    }
  }
}
