package dev.zamok.roomlog.sqlite;

import dev.zamok.roomlog.LogDriver;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** Another process that tries to open a directory. */
final class OpeningChild {
  private OpeningChild() {}

  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    try {
      LogDriver.await(
          Database.open(vertx, Database.Options.in(Path.of(args[0]))).compose(Database::close));
      System.out.println("opened");
    } catch (DatabaseProblem e) {
      System.out.println(e.kind());
    } finally {
      LogDriver.await(vertx.close());
    }
  }
}
