package dev.zamok.load.traffic;

import java.net.URI;

/** How one made-up person reaches and enters the server. */
public record Login(URI server, String fingerprint, String name) {
  public String password() {
    return "the login password of " + name;
  }

  String master() {
    return "the master password of " + name;
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return name;
  }
}
