package dev.zamok.app.login;

import dev.zamok.app.UserError;
import dev.zamok.client.Session;
import dev.zamok.client.ZamokClient;

/** Logged in, keys open. */
public record Connected(ZamokClient client, Session session, Waiting waiting)
    implements AutoCloseable {
  private static final long LOGOUT_SECONDS_MAX = 3;

  /** Logs out as far as the server is there, unless the device is kept; gives the profile back. */
  @Override
  public void close() {
    try {
      waiting.on(session.isKept() ? session.close() : session.logout(), LOGOUT_SECONDS_MAX);
    } catch (UserError e) {
      // The server ends the session by itself when it expires.
      return;
    } finally {
      client.close();
    }
  }
}
