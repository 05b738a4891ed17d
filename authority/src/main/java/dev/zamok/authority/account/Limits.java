package dev.zamok.authority.account;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.TokenBuckets;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.SessionId;
import io.netty.util.NetUtil;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/** Who may try how often. Fails with {@link Problem#RATE_LIMITED}. Threads: one event loop. */
final class Limits {
  private static final int KEYS_MAX = 50_000;

  /** Of an IPv6 address: whoever has one has all of its /64. */
  private static final int NETWORK_BYTES = 8;

  private final TokenBuckets registrations;
  private final TokenBuckets logins;
  private final TokenBuckets names;
  private final TokenBuckets lookups;
  private final TokenBuckets deviceCodes;

  Limits(AccountConfig.Attempts config, Clock clock) {
    this.registrations = buckets(config.registrationsPerAddress(), clock);
    this.logins = buckets(config.loginsPerAddress(), clock);
    this.names = buckets(config.loginsPerName(), clock);
    this.lookups = buckets(config.lookups(), clock);
    this.deviceCodes = buckets(AccountConfig.DEVICE_CODES, clock);
  }

  void registration(String address) {
    require(registrations.take(network(address)));
  }

  /**
   * Before the password is looked at.
   *
   * @param name the blinded login name, whether an account has it or not
   */
  void login(String address, Bytes name) {
    require(logins.take(network(address)));
    require(names.take(name.toHex()));
  }

  /** Also where a logged-in user gives a password again. */
  void password(AccountId account) {
    require(names.take(account.toString()));
  }

  void passwordWasRight(AccountId account) {
    names.giveBack(account.toString());
  }

  /** The attempt does not count against the name: its owner logged in. */
  void loginWasRight(Bytes name) {
    names.giveBack(name.toHex());
  }

  void lookup(AccountId account) {
    require(lookups.take(account.toString()));
  }

  void deviceCode(SessionId session) {
    require(deviceCodes.take(session.toString()));
  }

  static String network(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes == null || bytes.length == 4
        ? address
        : HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES);
  }

  private static void require(Optional<Duration> wait) {
    if (wait.isPresent()) {
      throw Refusal.retry(Problem.RATE_LIMITED, wait.get());
    }
  }

  private static TokenBuckets buckets(AccountConfig.Rate rate, Clock clock) {
    return new TokenBuckets(rate.burst(), rate.refill(), KEYS_MAX, clock);
  }
}
