package io.searchloop.app.fleet;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/**
 * A rush, summed up.
 *
 * @param rate searches a second that came
 * @param asked searches
 * @param answered with 200
 * @param shed with 429: come again later
 * @param other answers by status; 0 is none within ten seconds
 * @param median milliseconds until a 200
 * @param p99 the same for one in a hundred
 * @param slowest the same at most
 * @param settled seconds after which no search was refused or slower than the deadline; 0 when all
 *     went well
 */
public record RushFigures(
    double rate,
    long asked,
    long answered,
    long shed,
    TreeMap<Integer, Long> other,
    double median,
    double p99,
    double slowest,
    double settled) {
  private static final double NONE = Double.NaN;

  static RushFigures of(double rate, List<RushAnswer> answers, Duration deadline) {
    double[] millis =
        answers.stream()
            .filter(RushAnswer::answered)
            .mapToDouble(RushAnswer::millis)
            .sorted()
            .toArray();
    TreeMap<Integer, Long> other = new TreeMap<>();
    answers.stream()
        .filter(answer -> !answer.answered() && !answer.shed())
        .forEach(answer -> other.merge(answer.status(), 1L, Long::sum));
    return new RushFigures(
        rate,
        answers.size(),
        millis.length,
        answers.stream().filter(RushAnswer::shed).count(),
        other,
        at(millis, .5),
        at(millis, .99),
        at(millis, 1),
        settled(answers, deadline));
  }

  private static double settled(List<RushAnswer> answers, Duration deadline) {
    return answers.stream()
        .filter(answer -> !answer.answered() || answer.millis() > deadline.toMillis())
        .mapToDouble(RushAnswer::second)
        .max()
        .orElse(0);
  }

  private static double at(double[] sorted, double quantile) {
    return sorted.length == 0
        ? NONE
        : sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))];
  }
}
