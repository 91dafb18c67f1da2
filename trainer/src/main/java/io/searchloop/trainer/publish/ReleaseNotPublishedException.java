package io.searchloop.trainer.publish;

/** A release or refusal that did not get into the log. The message says what to do. */
public final class ReleaseNotPublishedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReleaseNotPublishedException(String message, Exception cause) {
    super(message, cause);
  }
}
