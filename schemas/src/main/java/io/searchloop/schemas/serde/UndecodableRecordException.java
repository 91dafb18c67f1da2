package io.searchloop.schemas.serde;

import io.searchloop.schemas.DeadLetterReason;
import org.jspecify.annotations.Nullable;

/** Bytes that cannot become a record. The reason decides where they go; retrying cannot help. */
public final class UndecodableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final DeadLetterReason reason;

  public UndecodableRecordException(
      DeadLetterReason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Typed reason for the dead letter. */
  public DeadLetterReason reason() {
    return reason;
  }
}
