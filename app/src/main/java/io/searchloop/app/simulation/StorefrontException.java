package io.searchloop.app.simulation;

import org.jspecify.annotations.Nullable;

/** The shop refused a request, or did not answer. Worth a retry only when {@link #retryable}. */
public final class StorefrontException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean retryable;

  public StorefrontException(String message, boolean retryable, @Nullable Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return retryable;
  }
}
