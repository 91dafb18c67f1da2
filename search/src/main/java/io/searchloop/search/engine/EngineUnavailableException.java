package io.searchloop.search.engine;

/**
 * A search engine elsewhere does not answer, or not in time. It passes: ask again later. The
 * message names the engine, what happened, and the remedy.
 */
public class EngineUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What happened. */
  public EngineUnavailableException(String message) {
    super(message);
  }

  /** What happened, and why. */
  public EngineUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
