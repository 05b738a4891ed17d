package dev.zamok.roomlog;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link RoomLog} must do. An implementation extends this class and says how to open an
 * empty log; each group of rules is a nested class.
 */
public abstract class RoomLogContractTest {
  private Vertx vertx;
  private RoomLog log;
  private LogDriver driver;

  /** An empty log of its own for each test. */
  protected abstract Future<? extends RoomLog> open(Vertx vertx);

  /** Lets go of what {@link #open} needed, after the log was closed. */
  protected abstract Future<Void> release();

  protected final LogDriver driver() {
    return driver;
  }

  @BeforeEach
  void openLog() {
    vertx = Vertx.vertx();
    log = LogDriver.await(open(vertx));
    driver = new LogDriver(vertx, log);
  }

  @AfterEach
  void closeLog() {
    LogDriver.await(log.close());
    LogDriver.await(release());
    LogDriver.await(vertx.close());
  }

  @Nested
  class Appending extends AppendContract {
    Appending() {
      super(RoomLogContractTest.this::driver);
    }
  }

  @Nested
  class Authority extends AuthorityContract {
    Authority() {
      super(RoomLogContractTest.this::driver);
    }
  }

  @Nested
  class Reading extends ReadContract {
    Reading() {
      super(RoomLogContractTest.this::driver);
    }
  }

  @Nested
  class Following extends FollowContract {
    Following() {
      super(RoomLogContractTest.this::driver);
    }
  }

  @Nested
  class Trimming extends TrimContract {
    Trimming() {
      super(RoomLogContractTest.this::driver);
    }
  }

  @Nested
  class Restoring extends RestoreContract {
    Restoring() {
      super(RoomLogContractTest.this::driver);
    }
  }
}
