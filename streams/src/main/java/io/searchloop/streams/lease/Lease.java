package io.searchloop.streams.lease;

import java.util.concurrent.atomic.AtomicBoolean;

/** A claim on a resource: open until closed. Closing twice counts once. */
public final class Lease<T> implements AutoCloseable {
  private final T resource;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  Lease(T resource, Runnable release) {
    this.resource = resource;
    this.release = release;
  }

  /**
   * The resource.
   *
   * @throws IllegalStateException after {@link #close}: it may be gone
   */
  public T get() {
    if (closed.get()) {
      throw new IllegalStateException(
          "Lease on " + resource + " is closed. Use the resource inside try-with-resources.");
    }
    return resource;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
