package dev.zamok.app.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host an address of this machine, never a name
 * @param port 0 takes a free one
 */
public record ListenAddress(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+)):([0-9]{1,5})");

  public ListenAddress {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
  }

  /**
   * Reads {@code 127.0.0.1:8443} or {@code [::1]:8443}; fails with {@link
   * IllegalArgumentException}.
   */
  public static ListenAddress parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "an address and a port are wanted, such as 127.0.0.1:8443 or [::1]:8443");
    }
    String host = form.group(1) == null ? form.group(2) : form.group(1);
    return new ListenAddress(host, Integer.parseInt(form.group(3)));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
