package io.searchloop.app.dataset;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a reader is told beside the directory. A log of clicks without judgments has no use for
 * scale and seed.
 *
 * @param scale what the grades are worth; told by the format or the smallest grade when empty
 * @param splitSeed seed of the {@link QuerySplit}
 * @param queries table of queries in place of the directory's own
 * @param judgments table of judgments in place of the directory's own; both or neither
 */
public record DatasetOptions(
    Optional<GradeScale> scale, long splitSeed, Optional<Path> queries, Optional<Path> judgments) {
  /** Everything as the directory says. */
  public static final DatasetOptions DEFAULT =
      new DatasetOptions(
          Optional.empty(), QuerySplit.DEFAULT_SEED, Optional.empty(), Optional.empty());

  public DatasetOptions {
    if (queries.isPresent() != judgments.isPresent()) {
      throw new IllegalArgumentException(
          "Found queries without judgments or judgments without queries, expected both or neither.");
    }
  }

  /** The same with a known scale. */
  public DatasetOptions withScale(GradeScale known) {
    return new DatasetOptions(Optional.of(known), splitSeed, queries, judgments);
  }

  /** The same with another split. */
  public DatasetOptions withSplitSeed(long seed) {
    return new DatasetOptions(scale, seed, queries, judgments);
  }

  /** The same with other queries and judgments. */
  public DatasetOptions withJudgments(Path otherQueries, Path otherJudgments) {
    return new DatasetOptions(
        scale, splitSeed, Optional.of(otherQueries), Optional.of(otherJudgments));
  }
}
