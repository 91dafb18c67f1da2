package io.searchloop.trainer.huggingface;

/** A directory holds no model, or one that we would compute wrongly. */
public final class UnsupportedModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedModelException(String message) {
    super(message);
  }

  UnsupportedModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
