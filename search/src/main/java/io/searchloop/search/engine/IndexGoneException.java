package io.searchloop.search.engine;

/**
 * The index that an engine was opened over is no longer there: a newer catalogue took its place. It
 * does not pass for this engine; one that is opened anew searches the newest.
 */
public final class IndexGoneException extends EngineUnavailableException {
  private static final long serialVersionUID = 1L;

  /** Which index, and where. */
  public IndexGoneException(String message) {
    super(message);
  }
}
