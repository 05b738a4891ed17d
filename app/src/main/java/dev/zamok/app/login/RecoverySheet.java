package dev.zamok.app.login;

import dev.zamok.app.OwnerOnly;
import dev.zamok.app.UserError;
import dev.zamok.crypto.HumanCode;
import dev.zamok.crypto.SecretBytes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A page to be kept on paper: what opens an account when its master password is forgotten. */
record RecoverySheet(URI server, String login, SecretBytes code) {
  List<String> lines() {
    return List.of(
        "Zamok recovery sheet",
        "",
        "Server:        " + server,
        "Login name:    " + login,
        "Recovery code: " + HumanCode.toText(code),
        "",
        "Whoever has this code and the login password opens the account and everything in it.",
        "Keep it on paper, away from the computer, and delete the file it came in.",
        "",
        "When the master password is forgotten: zamok chat --login NAME --recover");
  }

  /** HTML where the name says so, else text; a new file that only its owner reads. */
  void write(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean html = name.endsWith(".html") || name.endsWith(".htm");
    String page = html ? html() : String.join("\n", lines()) + "\n";
    OwnerOnly.newFile(file, page.getBytes(StandardCharsets.UTF_8));
  }

  private String html() {
    return "<!doctype html><meta charset=\"utf-8\"><title>Zamok recovery sheet</title>\n<pre>"
        + escaped(String.join("\n", lines()))
        + "</pre>\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** For a code that opens nothing after all. */
  static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UserError("delete " + file + ": the code in it opens nothing");
    }
  }

  @Override
  public String toString() {
    return "RecoverySheet[" + login + "]";
  }
}
