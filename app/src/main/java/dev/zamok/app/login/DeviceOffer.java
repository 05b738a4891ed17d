package dev.zamok.app.login;

import dev.zamok.client.Session;
import dev.zamok.client.ZamokClient;
import java.io.PrintWriter;

/** Offers to keep a device, so that its next starts need no password. A no is remembered. */
record DeviceOffer(Asker asker, PrintWriter notes, Waiting waiting) {
  void make(ZamokClient client, Session session, boolean named) {
    if (named) {
      keep(client, session);
      return;
    }
    if (!asker.isThere() || waiting.on(client.wantsMasterPassword())) {
      return;
    }
    notes.println();
    notes.println(
        "This device can be kept: the next starts ask for no password. Your key stays here");
    notes.println(
        "under two halves, one on this device and one that the server gives to this device");
    notes.println("alone, until you forget it (zamok device forget), here or from another device.");
    notes.println(
        "Whoever can read your files on this device can then be you. Say no on a machine");
    notes.println("that is not yours; later: --remember-device.");
    notes.flush();
    if (asker.confirms("Keep this device?")) {
      keep(client, session);
    } else {
      waiting.on(client.setWantsMasterPassword(true));
    }
  }

  private void keep(ZamokClient client, Session session) {
    waiting.on(session.keepDevice());
    waiting.on(client.setWantsMasterPassword(false));
    notes.println("This device is kept. `zamok device list` shows all of them.");
    notes.flush();
  }
}
