package dev.zamok.authority;

import dev.zamok.authority.store.Store;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a process, as its store and its log notice: killed, nothing leaves it and nothing
 * reaches it any more; stopped, what it was about to do and what it was about to hear waits until
 * it goes on.
 */
final class Fate {
  private final List<Runnable> held = new ArrayList<>();
  private boolean stopped;
  private boolean dead;

  synchronized void kill() {
    dead = true;
    held.clear();
  }

  synchronized void stop() {
    stopped = true;
  }

  void goOn() {
    List<Runnable> due;
    synchronized (this) {
      stopped = false;
      due = List.copyOf(held);
      held.clear();
    }
    due.forEach(Runnable::run);
  }

  private synchronized boolean isDead() {
    return dead;
  }

  /** True when the caller may go on at once. */
  private synchronized boolean passes(Runnable later) {
    if (stopped && !dead) {
      held.add(later);
    }
    return !stopped && !dead;
  }

  Store over(Store store) {
    return proxy(Store.class, store);
  }

  RoomLog over(RoomLog log) {
    return proxy(RoomLog.class, log);
  }

  private <T> T proxy(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> call(target, method, args)));
  }

  private Object call(Object target, Method method, Object[] args) throws Throwable {
    if (method.getReturnType() != Future.class) {
      return invoke(target, method, args);
    }
    Context context = Vertx.currentContext();
    Promise<Object> answer = Promise.promise();
    Runnable work = () -> begin(target, method, args, context, answer);
    if (passes(work)) {
      work.run();
    } else if (isDead()) {
      return Future.failedFuture(new Unavailable("this process is dead", false));
    }
    return answer.future();
  }

  private void begin(
      Object target, Method method, Object[] args, Context context, Promise<Object> answer) {
    Runnable work =
        () -> {
          try {
            ((Future<?>) invoke(target, method, args))
                .onComplete(done -> deliver(() -> answer.handle(done.map(r -> (Object) r))));
          } catch (Throwable e) {
            answer.fail(e);
          }
        };
    if (context == null || Vertx.currentContext() == context) {
      work.run();
    } else {
      context.runOnContext(v -> work.run());
    }
  }

  private void deliver(Runnable answer) {
    Context context = Vertx.currentContext();
    Runnable later =
        () -> {
          if (context == null) {
            answer.run();
          } else {
            context.runOnContext(v -> answer.run());
          }
        };
    if (passes(later)) {
      answer.run();
    }
  }

  private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
