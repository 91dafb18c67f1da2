package io.searchloop.streams.activation;

import io.searchloop.streams.inference.OnnxPolicy;
import io.searchloop.streams.lease.Lease;

/**
 * The right to run one session, with the identity to log for it. Hold it for one request, in
 * try-with-resources: a retired session stays in memory until its last lease is closed.
 */
public final class PolicyLease implements AutoCloseable {
  private final Lease<LoadedPolicy> lease;

  PolicyLease(Lease<LoadedPolicy> lease) {
    this.lease = lease;
  }

  /** Identity of exactly the session that {@link #policy} runs. */
  public PolicyIdentity identity() {
    return lease.get().identity();
  }

  /** The session; not to be used after {@link #close}. */
  public OnnxPolicy policy() {
    return lease.get().policy();
  }

  @Override
  public void close() {
    lease.close();
  }
}
