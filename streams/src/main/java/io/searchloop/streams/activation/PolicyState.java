package io.searchloop.streams.activation;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseFault;
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

    Rejected rejected(InvalidReleaseException why) {
      return new Rejected(identity, why.fault(), String.valueOf(why.getMessage()));
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

  /** Never served, and why: in one word, and in words for a person. */
  record Rejected(PolicyIdentity identity, ReleaseFault fault, String reason)
      implements PolicyState {}
}
