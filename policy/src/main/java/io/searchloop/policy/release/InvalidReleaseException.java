package io.searchloop.policy.release;

import org.jspecify.annotations.Nullable;

/** A release that must not be served. The message says what was found and what to do. */
public final class InvalidReleaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ReleaseFault fault;

  public InvalidReleaseException(ReleaseFault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  public InvalidReleaseException(ReleaseFault fault, String message) {
    this(fault, message, null);
  }

  /** Something that is not of the expected form. */
  public InvalidReleaseException(String message, @Nullable Throwable cause) {
    this(ReleaseFault.UNREADABLE, message, cause);
  }

  /** Something that is not of the expected form. */
  public InvalidReleaseException(String message) {
    this(message, null);
  }

  /** What is wrong, in one word. */
  public ReleaseFault fault() {
    return fault;
  }
}
