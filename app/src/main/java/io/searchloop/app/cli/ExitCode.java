package io.searchloop.app.cli;

/** Exit codes of every command. */
final class ExitCode {
  static final int OK = 0;

  /** The command ran and its answer is no: audit not clean, rollback void, loop failed. */
  static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  static final int USAGE = 2;

  private ExitCode() {}
}
