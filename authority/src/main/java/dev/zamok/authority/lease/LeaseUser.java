package dev.zamok.authority.lease;

import io.vertx.core.Future;

/** Works on partitions while their leases are held. Called on the event loop of the authority. */
public interface LeaseUser {
  /**
   * The lease is ours and the log knows it: take up what others left. Requests are served once this
   * completes; should it fail, the lease is given up again.
   */
  Future<Void> gained(int partition);

  /** The log was opened again under our lease after an outage: it may have lost everything. */
  default Future<Void> reopened(int partition) {
    return Future.succeededFuture();
  }

  /**
   * The lease is about to be given up: finish what is under way and begin nothing new. Writing is
   * permitted until this completes.
   */
  Future<Void> leaving(int partition);

  /** The lease is gone: forget everything that was known by it. */
  void lost(int partition);
}
