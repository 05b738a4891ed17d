package dev.zamok.client.device;

import dev.zamok.client.authority.AccountApi;
import dev.zamok.client.authority.Answers;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.SessionId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What the authority keeps for the device of one session. */
final class DeviceServer implements AccountApi {
  final List<DeviceCode> codes = new ArrayList<>();

  /** The answers to so many requests more arrive. */
  int answersLeft = Integer.MAX_VALUE;

  private final SecureRandom random;
  private boolean changing;
  private int number;

  DeviceServer(SecureRandom random) {
    this.random = random;
  }

  private <T> CompletableFuture<T> answer(Supplier<T> work) {
    T result = work.get();
    if (answersLeft == 0) {
      return CompletableFuture.failedFuture(ClientProblem.unavailable("the line is cut", true));
    }
    answersLeft--;
    return CompletableFuture.completedFuture(result);
  }

  @Override
  public CompletableFuture<List<DeviceCode>> deviceCodes() {
    if (codes.isEmpty()) {
      return CompletableFuture.failedFuture(
          ClientProblem.refused(Kind.REFUSED, "not-found", "none", 0));
    }
    return answer(() -> codes.stream().map(DeviceServer::copy).toList());
  }

  @Override
  public CompletableFuture<DeviceCode> newDeviceCode() {
    return answer(
        () -> {
          if (!changing) {
            codes.add(new DeviceCode(++number, SecretBytes.random(random, 32)));
            changing = true;
          }
          return copy(codes.get(codes.size() - 1));
        });
  }

  @Override
  public CompletableFuture<Void> confirmDeviceCode(int confirmed) {
    return answer(
        () -> {
          DeviceCode newest = codes.get(codes.size() - 1);
          if (newest.number() != confirmed) {
            throw new AssertionError("confirmed " + confirmed + ", newest is " + newest);
          }
          codes.clear();
          codes.add(newest);
          changing = false;
          return null;
        });
  }

  @Override
  public CompletableFuture<Void> forgetDevice() {
    return answer(
        () -> {
          codes.clear();
          changing = false;
          return null;
        });
  }

  @Override
  public CompletableFuture<Void> rename(SessionId session, String deviceName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Void> replaceKeyset(Answers.Keyset next, String password) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Void> putCard(Bytes card) {
    throw new UnsupportedOperationException();
  }

  private static DeviceCode copy(DeviceCode code) {
    return new DeviceCode(code.number(), SecretBytes.wrap(code.code().toByteArray()));
  }
}
