package io.searchloop.streams.control;

import io.searchloop.schemas.PolicyControl;
import java.util.concurrent.CompletableFuture;

/** Where decisions are stored. */
@FunctionalInterface
public interface ControlAppender {
  /** Stores a decision; completes with its offset, or fails when it was not taken in time. */
  CompletableFuture<Long> append(PolicyControl decision);
}
