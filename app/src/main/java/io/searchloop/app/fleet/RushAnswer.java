package io.searchloop.app.fleet;

/**
 * What became of one search of a rush.
 *
 * @param second when it was asked, since the rush began
 * @param millis until the answer
 * @param status of HTTP; 0 without an answer
 */
record RushAnswer(double second, double millis, int status) {
  private static final int OK = 200;
  private static final int TOO_MANY = 429;

  boolean answered() {
    return status == OK;
  }

  boolean shed() {
    return status == TOO_MANY;
  }
}
