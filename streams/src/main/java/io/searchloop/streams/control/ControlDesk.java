package io.searchloop.streams.control;

import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.streams.activation.ActivationStatus;
import io.searchloop.streams.activation.Activator;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Appends an operator's decision and tells what became of it, by the fold that this worker serves
 * by. The rules are those of the log alone (docs/adr/0007): the desk checks nothing that they do.
 *
 * <p>Safe for any thread.
 */
public final class ControlDesk {
  private final ControlAppender appender;
  private final Activator activator;
  private final InstantSource clock;
  private final Supplier<String> decisionIds;

  /**
   * @param activator folds the log
   * @param clock stamps decisions
   * @param decisionIds an id nobody else has, at each call: a repeated one is void
   */
  public ControlDesk(
      ControlAppender appender,
      Activator activator,
      InstantSource clock,
      Supplier<String> decisionIds) {
    this.appender = appender;
    this.activator = activator;
    this.clock = clock;
    this.decisionIds = decisionIds;
  }

  /** What this worker last made of the log. */
  public ActivationStatus status() {
    return activator.status();
  }

  /** Whether this worker has read of such a release. */
  public boolean knows(long version) {
    return activator.knows(version);
  }

  /**
   * An order upon the newest head, where only the loop has decided since the one it was given upon:
   * the loop promotes by itself, and stands in no person's way. Otherwise the order as it is.
   */
  public RollbackOrder renewed(RollbackOrder order) {
    ActivationStatus now = status();
    long head = now.head().headOffset();
    boolean loopAlone = now.personalHead() <= order.expectedHead() && order.expectedHead() <= head;
    return loopAlone ? order.upon(head) : order;
  }

  /** Appends a rollback; completes with its offset, or fails when it was not taken in time. */
  public CompletableFuture<Long> append(RollbackOrder order) {
    return appender.append(
        PolicyControl.newBuilder()
            .setDecisionId(decisionIds.get())
            .setAction(ControlAction.ROLLBACK)
            .setPolicyVersion(order.toVersion())
            .setWho(order.who())
            .setWhy(order.why())
            .setTimestamp(clock.instant())
            .setExpectedHead(order.expectedHead())
            .build());
  }

  /** What became of the record at an offset, once this worker has folded and obeyed it. */
  public CompletableFuture<Verdict> verdict(long offset) {
    return activator.verdict(offset);
  }
}
