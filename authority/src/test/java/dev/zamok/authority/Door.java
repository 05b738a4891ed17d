package dev.zamok.authority;

import io.vertx.ext.web.client.WebClient;
import java.security.SecureRandom;

/** Where a client comes in. */
public interface Door {
  WebClient client();

  SecureRandom random();
}
