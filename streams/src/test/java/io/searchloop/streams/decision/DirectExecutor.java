package io.searchloop.streams.decision;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs tasks at once on the calling thread; refuses them while it is full. */
final class DirectExecutor extends AbstractExecutorService {
  boolean full;
  private boolean shutdown;

  @Override
  public void execute(Runnable task) {
    if (full || shutdown) {
      throw new RejectedExecutionException("full");
    }
    task.run();
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return shutdown;
  }
}
