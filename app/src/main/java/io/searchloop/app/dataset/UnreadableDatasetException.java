package io.searchloop.app.dataset;

import org.jspecify.annotations.Nullable;

/**
 * A whole file of a dataset is missing, empty or has the wrong columns. Single bad lines do not
 * throw.
 */
public final class UnreadableDatasetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableDatasetException(String message) {
    this(message, null);
  }

  UnreadableDatasetException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
