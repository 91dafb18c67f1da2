package io.searchloop.streams.activation;

import java.time.Instant;

/**
 * Where a release is in its life on this worker. A transition exists only as a method of the state
 * it leaves, so an illegal one does not compile.
 *
 * <pre>
 *   Loading --> Verified --> Active --> Draining --> Retired
 *      \-----------------------------------------------------> Rejected(reason)
 * </pre>
 */
public sealed interface PolicyState {
  /** The release this is the state of. */
  PolicyIdentity identity();

  /** Being fetched, verified, loaded and tested; serves nothing. */
  record Loading(PolicyIdentity identity) implements PolicyState {
    Verified verified() {
      return new Verified(identity);
    }

    Rejected rejected(String reason) {
      return new Rejected(identity, reason);
    }
  }

  /** Whole, genuine, able and warm. */
  record Verified(PolicyIdentity identity) implements PolicyState {
    Active activated(Instant since) {
      return new Active(identity, since);
    }
  }

  /** Serves new requests. */
  record Active(PolicyIdentity identity, Instant since) implements PolicyState {
    Draining replaced() {
      return new Draining(identity);
    }
  }

  /** Finishes the requests that hold a lease. */
  record Draining(PolicyIdentity identity) implements PolicyState {
    Retired drained() {
      return new Retired(identity);
    }
  }

  /** Closed. */
  record Retired(PolicyIdentity identity) implements PolicyState {}

  /** Never served, and why. */
  record Rejected(PolicyIdentity identity, String reason) implements PolicyState {}
}
