package io.searchloop.app.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of a dataset that could not be used: all counted, the first {@value #LISTED} named.
 *
 * @param count how many there were
 * @param first the first of them: file, line number, what was found, what was expected
 */
public record Problems(long count, List<String> first) {
  static final int LISTED = 20;

  /** A dataset without any. */
  public static final Problems NONE = new Problems(0, List.of());

  public Problems {
    first = List.copyOf(first);
  }

  /** Collects problems while a dataset is read; used by one thread. */
  static final class Log {
    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String file, long line, String found, String expected) {
      count++;
      if (first.size() < LISTED) {
        first.add(file + " line " + line + ": found " + found + ", expected " + expected + ".");
      }
    }

    Problems toProblems() {
      return new Problems(count, first);
    }
  }
}
