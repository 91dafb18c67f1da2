package io.searchloop.streams.activation;

import io.searchloop.policy.control.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Where authors of control records wait for what became of them. Safe for any thread: whoever comes
 * second, the author or the fold, brings the two together.
 */
final class VerdictBoard {
  private final ConcurrentMap<Long, CompletableFuture<Verdict>> awaited = new ConcurrentHashMap<>();
  private volatile ActivationStatus status = ActivationStatus.EMPTY;

  /** What was last made of the logs. */
  ActivationStatus status() {
    return status;
  }

  /** The verdict on the record at an offset, once it is folded. */
  CompletableFuture<Verdict> await(long offset) {
    CompletableFuture<Verdict> future =
        awaited.computeIfAbsent(offset, unused -> new CompletableFuture<>());
    answer();
    return future.copy(); // a waiter that gives up gives up alone
  }

  /** The logs were folded anew. */
  void folded(ActivationStatus newer) {
    status = newer;
    answer();
  }

  private void answer() {
    ActivationStatus now = status;
    awaited.forEach(
        (offset, future) ->
            now.verdict(offset)
                .ifPresent(
                    verdict -> {
                      awaited.remove(offset);
                      future.complete(verdict);
                    }));
  }
}
