package io.searchloop.streams.http;

import io.searchloop.schemas.DeadLetterReason;

/** A field that cannot be used: which, what was found, what was expected. */
final class FieldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient DeadLetterReason reason;

  FieldException(DeadLetterReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  DeadLetterReason reason() {
    return reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
