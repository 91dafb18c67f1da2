package io.searchloop.streams.lease;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a resource open until its owner has retired it and its last user is done. The owner's claim
 * counts as one user, so the count reaches zero exactly once:
 *
 * <table>
 *   <caption>Claims over time</caption>
 *   <tr><th>call</th><th>claims</th><th>resource</th></tr>
 *   <tr><td>new</td><td>1</td><td>open</td></tr>
 *   <tr><td>acquire</td><td>2</td><td>open</td></tr>
 *   <tr><td>retire</td><td>1</td><td>draining: open, no new leases through the owner</td></tr>
 *   <tr><td>lease closed</td><td>0</td><td>closed</td></tr>
 * </table>
 *
 * <p>Safe for any thread.
 */
public final class CountedResource<T> {
  private final T resource;
  private final Runnable closing;
  private final AtomicInteger claims = new AtomicInteger(1);
  private final AtomicBoolean retired = new AtomicBoolean();

  /**
   * @param resource what is lent
   * @param closing runs once, on the thread that gives up the last claim
   */
  public CountedResource(T resource, Runnable closing) {
    this.resource = resource;
    this.closing = closing;
  }

  /** A lease; empty when the resource is closed already, so that the caller looks for a newer. */
  public Optional<Lease<T>> acquire() {
    for (int seen = claims.get(); seen > 0; seen = claims.get()) {
      if (claims.compareAndSet(seen, seen + 1)) {
        return Optional.of(new Lease<>(resource, this::release));
      }
    }
    return Optional.empty();
  }

  /** Gives up the owner's claim; further calls do nothing. */
  public void retire() {
    if (retired.compareAndSet(false, true)) {
      release();
    }
  }

  /** Leases not yet given back. */
  public int leases() {
    return claims.get() - (retired.get() ? 0 : 1);
  }

  private void release() {
    if (claims.decrementAndGet() == 0) {
      closing.run();
    }
  }
}
