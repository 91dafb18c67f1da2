package io.searchloop.trainer.export;

/** The exported graph does not compute what the network computes; it must not be released. */
public final class ParityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ParityException(String message) {
    super(message);
  }
}
