package dev.zamok.authority.store.cassandra;

/**
 * The ring cannot be used as it is, or not by this configuration. The message is one line that says
 * what to do.
 */
public final class CassandraProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CassandraProblem(String what) {
    super(what, null, false, false);
  }
}
