package dev.zamok.authority.mail;

import static dev.zamok.authority.Await.await;

import dev.zamok.authority.TestPem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks RFC 5321 as far as one letter needs it, and keeps every line that it hears. */
public final class TestMailServer {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final int port;

  /**
   * Listens until {@code vertx} is closed.
   *
   * @param tls from the first byte, with that certificate; otherwise it offers none
   */
  public TestMailServer(Vertx vertx, TestPem pem, boolean tls) {
    NetServerOptions options = new NetServerOptions().setSsl(tls);
    if (tls) {
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertPath(pem.certificate().toString())
              .addKeyPath(pem.key().toString()));
    }
    port =
        await(vertx.createNetServer(options).connectHandler(this::talk).listen(0, "localhost"))
            .actualPort();
  }

  /** How it is reached by somebody who trusts that certificate and has a login. */
  public MailServer reached(TestPem pem, boolean tls) {
    MailServer.User user = new MailServer.User("zamok", "a secret");
    return new MailServer("localhost", port, tls, user, pem.certificate());
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  private void talk(NetSocket socket) {
    boolean[] letter = {false};
    RecordParser parser = RecordParser.newDelimited("\r\n");
    parser.handler(
        part -> {
          String line = part.toString(StandardCharsets.UTF_8);
          lines.add(line);
          boolean inside = letter[0];
          letter[0] = inside ? !line.equals(".") : line.equals("DATA");
          if (!inside || line.equals(".")) {
            socket.write(answer(line));
          }
          if (!inside && line.equals("QUIT")) {
            socket.close();
          }
        });
    socket.handler(parser::handle);
    socket.write("220 localhost\r\n");
  }

  private static Buffer answer(String line) {
    return Buffer.buffer(
        switch (line.split(" ", 2)[0]) {
          case "EHLO" -> "250-localhost\r\n250 AUTH PLAIN\r\n";
          case "AUTH" -> "235 welcome\r\n";
          case "DATA" -> "354 go on\r\n";
          case "QUIT" -> "221 bye\r\n";
          default -> "250 ok\r\n";
        });
  }
}
