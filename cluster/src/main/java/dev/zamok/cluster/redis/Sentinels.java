package dev.zamok.cluster.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Asks the sentinels who is the primary. Blocks. */
public final class Sentinels {
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final List<HostPort> addresses;
  private final SocketFactory sockets;
  private final @Nullable Login login;

  /**
   * As whom they are asked.
   *
   * @param user of their ACL; empty for the default user
   * @param passwordFile its first line, read each time
   */
  public record Login(String user, Path passwordFile) {
    private List<String> command() throws IOException {
      try (BufferedReader lines = Files.newBufferedReader(passwordFile)) {
        String password = Objects.requireNonNullElse(lines.readLine(), "");
        return user.isEmpty() ? List.of("AUTH", password) : List.of("AUTH", user, password);
      }
    }
  }

  /** Such as ask no password. */
  public Sentinels(List<HostPort> addresses, SocketFactory sockets) {
    this(addresses, sockets, null);
  }

  public Sentinels(List<HostPort> addresses, SocketFactory sockets, @Nullable Login login) {
    this.addresses = List.copyOf(addresses);
    this.sockets = sockets;
    this.login = login;
  }

  /** What most of those that answer say; empty if none answers or two say different things. */
  public Optional<HostPort> primary() {
    Map<HostPort, Integer> votes = new HashMap<>();
    int answers = 0;
    for (HostPort sentinel : addresses) {
      Optional<HostPort> said = ask(sentinel);
      if (said.isPresent()) {
        answers++;
        votes.merge(said.get(), 1, Integer::sum);
      }
    }
    int majority = answers / 2 + 1;
    return votes.entrySet().stream()
        .filter(vote -> vote.getValue() >= majority)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Optional<HostPort> ask(HostPort sentinel) {
    try (RespClient client = new RespClient(sentinel, sockets, ANSWER)) {
      if (login != null) {
        client.command(login.command());
      }
      Object answer =
          client.command(List.of("SENTINEL", "get-master-addr-by-name", RedisConf.PRIMARY_NAME));
      return answer instanceof List<?> pair && pair.size() == 2
          ? Optional.of(
              new HostPort(
                  String.valueOf(pair.get(0)), Integer.parseInt(String.valueOf(pair.get(1)))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
