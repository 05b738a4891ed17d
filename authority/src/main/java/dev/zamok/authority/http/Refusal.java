package dev.zamok.authority.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a problem. Cheap to throw; carries no stack. The detail is shown: it must
 * hold nothing that the caller may not see.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final @Nullable String detail;
  private final @Nullable Duration retryAfter;

  public Refusal(Problem problem, @Nullable String detail, @Nullable Duration retryAfter) {
    super(problem.title(), null, false, false);
    this.problem = problem;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  public static Refusal because(Problem problem, String detail) {
    return new Refusal(problem, detail, null);
  }

  public static Refusal retry(Problem problem, Duration after) {
    return new Refusal(problem, null, after);
  }

  public Problem problem() {
    return problem;
  }

  public @Nullable String detail() {
    return detail;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
