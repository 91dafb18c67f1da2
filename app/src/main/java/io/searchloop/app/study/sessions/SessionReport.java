package io.searchloop.app.study.sessions;

import io.searchloop.app.json.ReportJson;
import io.searchloop.app.study.SeedMean;
import io.searchloop.search.evaluation.Interval;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What the session study found, on simulated sessions.
 *
 * @param command the command line
 * @param machine processors, memory, Java
 * @param plan what was run
 * @param seeds by seed
 */
public record SessionReport(
    List<String> command, Map<String, String> machine, SessionPlan plan, Map<Long, Seed> seeds) {
  private static final String BASELINE = ContextKind.LAST.key();
  private static final String AUXILIARY = ContextKind.SESSION_INTENT.key();

  public SessionReport {
    seeds = new TreeMap<>(seeds);
  }

  /**
   * One split.
   *
   * @param learned sessions that students learn from
   * @param intents share of held-out sessions whose kind of product is named by the student that
   *     was taught to
   * @param strata by name: all, tail
   */
  public record Seed(int learned, double intents, Map<String, Stratum> strata) {
    public Seed {
      strata = Collections.unmodifiableMap(new LinkedHashMap<>(strata));
    }
  }

  /**
   * Sessions judged together.
   *
   * @param sessions how many
   * @param rewriters name to measure to figure
   * @param auxiliary by measure: the student with the intent loss less the one without
   */
  public record Stratum(
      int sessions, Map<String, Map<String, Mark>> rewriters, Map<String, Interval> auxiliary) {
    public Stratum {
      rewriters = Collections.unmodifiableMap(new LinkedHashMap<>(rewriters));
      auxiliary = Collections.unmodifiableMap(new LinkedHashMap<>(auxiliary));
    }
  }

  /**
   * A mean over sessions.
   *
   * @param value the mean
   * @param toLast difference to the student of the last query alone, 95 % paired bootstrap interval
   */
  public record Mark(double value, Interval toLast) {}

  /** Tables of a results page: means over seeds, of the strata that all of them have. */
  public String table() {
    StringBuilder text = new StringBuilder();
    List<String> strata =
        first().strata().keySet().stream()
            .filter(name -> seeds.values().stream().allMatch(s -> s.strata().containsKey(name)))
            .toList();
    strata.forEach(stratum -> rewriters(stratum, text));
    auxiliary(strata, text);
    return text.toString();
  }

  /**
   * Whether the auxiliary intent loss is kept: when the interval of what it adds to MRR on the tail
   * lies above zero.
   */
  public boolean keepsIntentLoss() {
    return seeds.values().stream().allMatch(s -> s.strata().containsKey(SessionStrata.TAIL))
        && auxiliary(SessionStrata.TAIL, SessionMeasure.MRR).low() > 0;
  }

  private void rewriters(String stratum, StringBuilder text) {
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %.0f simulated sessions a split%n%n| rewriter |",
            stratum,
            mean(seed -> of(seed, stratum).sessions())));
    for (SessionMeasure measure : SessionMeasure.values()) {
      text.append(' ').append(measure.title()).append(" | to ").append(BASELINE).append(" |");
    }
    text.append("\n|").append("---|".repeat(1 + 2 * SessionMeasure.values().length)).append('\n');
    for (String rewriter : of(first(), stratum).rewriters().keySet()) {
      text.append("| ").append(rewriter).append(" |");
      for (SessionMeasure measure : SessionMeasure.values()) {
        double value = mean(seed -> mark(seed, stratum, rewriter, measure).value());
        Interval toLast =
            SeedMean.of(
                seeds.values().stream()
                    .map(seed -> mark(seed, stratum, rewriter, measure).toLast())
                    .toList());
        text.append(String.format(Locale.ROOT, " %.4f | %s |", value, toLast.signedText(4)));
      }
      text.append('\n');
    }
    text.append('\n');
  }

  private void auxiliary(List<String> strata, StringBuilder text) {
    text.append("| ").append(AUXILIARY).append(" less ").append(ContextKind.SESSION.key());
    for (SessionMeasure measure : SessionMeasure.values()) {
      text.append(" | ").append(measure.title());
    }
    text.append(" |\n|").append("---|".repeat(1 + SessionMeasure.values().length)).append('\n');
    for (String stratum : strata) {
      text.append("| ").append(stratum).append(" |");
      for (SessionMeasure measure : SessionMeasure.values()) {
        text.append(' ').append(auxiliary(stratum, measure).signedText(4)).append(" |");
      }
      text.append('\n');
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nKinds named when asked: %.1f %%. Intent loss kept: %s.%n",
            100 * mean(Seed::intents),
            keepsIntentLoss() ? "yes" : "no"));
  }

  private Interval auxiliary(String stratum, SessionMeasure measure) {
    return SeedMean.of(
        seeds.values().stream()
            .map(seed -> Objects.requireNonNull(of(seed, stratum).auxiliary().get(measure.key())))
            .toList());
  }

  private static Mark mark(Seed seed, String stratum, String rewriter, SessionMeasure measure) {
    Map<String, Mark> marks = of(seed, stratum).rewriters().getOrDefault(rewriter, Map.of());
    return Objects.requireNonNull(marks.get(measure.key()), rewriter);
  }

  private static Stratum of(Seed seed, String stratum) {
    return Objects.requireNonNull(seed.strata().get(stratum), stratum);
  }

  private double mean(ToDoubleFunction<Seed> figure) {
    return seeds.values().stream().mapToDouble(figure).average().orElseThrow();
  }

  private Seed first() {
    return seeds.values().iterator().next();
  }

  /** Writes the report as JSON, making its folder. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }
}
