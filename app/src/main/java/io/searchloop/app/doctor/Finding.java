package io.searchloop.app.doctor;

/**
 * What one check found.
 *
 * @param check what was looked at
 * @param state whether it is well
 * @param found what is there
 * @param remedy how to mend it; empty when it is well
 */
public record Finding(String check, State state, String found, String remedy) {
  /** Whether the loop can live with it. */
  public enum State {
    OK,
    /** Runs, but less well, or perhaps not for long. */
    WARNING,
    /** Does not run. */
    PROBLEM
  }

  static Finding ok(String check, String found) {
    return new Finding(check, State.OK, found, "");
  }

  static Finding warning(String check, String found, String remedy) {
    return new Finding(check, State.WARNING, found, remedy);
  }

  static Finding problem(String check, String found, String remedy) {
    return new Finding(check, State.PROBLEM, found, remedy);
  }
}
