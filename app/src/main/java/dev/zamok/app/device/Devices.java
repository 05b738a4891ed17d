package dev.zamok.app.device;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.login.Connected;
import dev.zamok.client.DeviceLogin;
import java.util.List;

/** The logins of an account, as people name them. */
final class Devices {
  private Devices() {}

  static List<DeviceLogin> all(Connected connected) {
    return connected.waiting().on(connected.session().logins());
  }

  /**
   * By the id of its session, or by its name where no other has it. Fails with {@link UserError}.
   */
  static DeviceLogin named(Connected connected, String text) {
    List<DeviceLogin> found =
        all(connected).stream()
            .filter(one -> one.session().toString().equals(text) || one.deviceName().equals(text))
            .toList();
    if (found.isEmpty()) {
      throw new UserError("there is no device " + Visible.line(text), UserError.NOT_FOUND);
    }
    if (found.size() > 1) {
      throw new UserError(
          "several devices are called so: use the id that list shows", UserError.NOT_FOUND);
    }
    return found.get(0);
  }

  static String line(DeviceLogin device, boolean json) {
    if (json) {
      return JsonLines.write(
          JsonLines.object("device")
              .put("id", device.session().toString())
              .put("name", device.deviceName())
              .put("kept", device.kept())
              .put("current", device.current())
              .put("since", device.since().toString())
              .put("lastSeen", device.lastSeen().toString()));
    }
    return Visible.line(device.deviceName())
        + "  "
        + device.session()
        + (device.kept() ? "  kept" : "  needs the passwords")
        + "  last seen "
        + device.lastSeen()
        + (device.current() ? "  this one" : "");
  }
}
