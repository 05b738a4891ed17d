package dev.zamok.roomlog.redis;

import static dev.zamok.roomlog.LogDriver.await;

import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One partition on a real server, for tests of functions by themselves. */
abstract class RedisFunctionBed {
  final Vertx vertx = Vertx.vertx();
  final String prefix = SharedRedis.newPrefix();
  final Requests requests = new Requests(new Keys(prefix), RedisLogConfig.Bounds.DEFAULT);
  Wire wire;

  @BeforeEach
  void connect() {
    HostAndPort at =
        HostAndPort.create(SharedRedis.primary().at().host(), SharedRedis.primary().at().port());
    wire = await(new Dialer(vertx, Access.OPEN, Duration.ofSeconds(20)).dialPrimary(at));
  }

  @AfterEach
  void close() {
    wire.close();
    await(vertx.close());
  }

  List<String> ask(Request request) {
    List<String> texts = new ArrayList<>();
    for (Response part : await(wire.send(request))) {
      texts.add(part == null ? null : part.toString(StandardCharsets.ISO_8859_1));
    }
    return texts;
  }

  /** Empty where there is none. */
  String field(String key, String field) {
    Response found = await(wire.send(Request.cmd(Command.HGET).arg(key(key)).arg(field)));
    return found == null ? "" : found.toString();
  }

  long size(Command command, String key) {
    return await(wire.send(Request.cmd(command).arg(key(key)))).toLong();
  }

  String key(String key) {
    return prefix + "{0}:" + key;
  }
}
