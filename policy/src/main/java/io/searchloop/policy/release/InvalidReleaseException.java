package io.searchloop.policy.release;

import org.jspecify.annotations.Nullable;

/** A release that must not be served. The message says what was found and what to do. */
public final class InvalidReleaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidReleaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public InvalidReleaseException(String message) {
    this(message, null);
  }
}
