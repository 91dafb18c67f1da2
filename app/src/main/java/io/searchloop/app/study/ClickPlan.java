package io.searchloop.app.study;

import io.searchloop.app.dataset.ClickLog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the click study learns and what it is judged by: the first weeks of a log teach, the
 * following ones judge. A seed is the seed of weights and sampling.
 *
 * @param seeds one warm start each
 * @param learnWeeks weeks of seven days from the day of the first click that are learned from
 * @param testWeeks most weeks after them that are judged by; the last may be cut short
 * @param warmStartSteps supervised steps of {@link RewritingPlan#BATCH} pairs
 * @param steps steps of learning from clicks, 32 queries of {@link RewritingPlan#CANDIDATES}
 *     rewrites
 * @param moreSteps steps with which a policy goes on before each further week, on all clicks until
 *     then; 0 to leave it as it is
 * @param given settings of {@code train} beneath those of the study
 */
public record ClickPlan(
    List<Long> seeds,
    int learnWeeks,
    int testWeeks,
    int warmStartSteps,
    int steps,
    int moreSteps,
    Map<String, String> given) {
  private static final Duration WEEK = Duration.ofDays(7);

  /**
   * Share of pairs that lead from a query to the title of what was clicked, and so the rest that
   * teach the shop's own words and their misspellings.
   */
  static final String TITLES = "0.6";

  public ClickPlan {
    seeds = List.copyOf(seeds);
    given = new TreeMap<>(given);
    if (seeds.isEmpty() || learnWeeks < 1 || testWeeks < 1 || warmStartSteps < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "Seeds %s, %d weeks to learn from, %d to judge by, %d supervised steps and %d steps, expected one at least of each."
              .formatted(seeds, learnWeeks, testWeeks, warmStartSteps, steps));
    }
    if (moreSteps < 0) {
      throw new IllegalArgumentException(
          "Found %d steps before each further week, expected 0 or more.".formatted(moreSteps));
    }
  }

  /**
   * Beginnings of the weeks that are judged by, and behind them the end of the last.
   *
   * @throws IllegalArgumentException when the log ends before
   */
  List<Instant> weeks(ClickLog log) {
    if (log.clicks().isEmpty()) {
      throw new IllegalArgumentException(
          "Log %s has no click on a product of its catalogue, expected some. Left out: %s."
              .formatted(log.name(), log.leftOut()));
    }
    Instant first = log.clicks().get(0).clickedAt().truncatedTo(ChronoUnit.DAYS);
    Instant last = log.clicks().get(log.clicks().size() - 1).clickedAt();
    List<Instant> weeks = new ArrayList<>();
    for (int week = learnWeeks; week <= learnWeeks + testWeeks; week++) {
      Instant begin = first.plus(WEEK.multipliedBy(week));
      weeks.add(begin);
      if (begin.isAfter(last)) {
        break;
      }
    }
    if (weeks.size() < 2) {
      throw new IllegalArgumentException(
          "Log %s ends at %s, before anything can be judged: %d weeks are learned from. Learn from fewer."
              .formatted(log.name(), last, learnWeeks));
    }
    return weeks;
  }

  /** Settings of a warm start that stays what it is: one step at no learning rate. */
  Map<String, String> warmStart(long seed) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("trainer.warm-start.seed", Long.toString(seed));
    settings.put("trainer.warm-start.batch", Integer.toString(RewritingPlan.BATCH));
    settings.put("trainer.warm-start.steps", Integer.toString(warmStartSteps));
    settings.put("trainer.warm-start.co-clicks", TITLES);
    settings.put("trainer.warm-start.vocabulary", "2048");
    settings.putAll(given);
    settings.put("train.steps", "1");
    settings.put("trainer.learning-rate", "0");
    settings.put("train.seed", Long.toString(seed));
    return settings;
  }

  /** Settings of learning from clicks; the warm start decides the rest. */
  Map<String, String> clicks(long seed, int count) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("train.feedback.from", "clicks");
    settings.put("train.candidates", Integer.toString(RewritingPlan.CANDIDATES));
    settings.putAll(given);
    settings.keySet().removeIf(key -> key.startsWith("trainer.warm-start."));
    settings.put("train.steps", Integer.toString(count));
    settings.put("train.seed", Long.toString(seed));
    return settings;
  }
}
