package io.searchloop.app.study;

import io.searchloop.app.json.ReportJson;
import io.searchloop.app.report.chart.Axis;
import io.searchloop.app.report.chart.Curve;
import io.searchloop.app.report.chart.CurvePoint;
import io.searchloop.app.report.chart.LineChart;
import io.searchloop.search.evaluation.Interval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the preference study found.
 *
 * @param command the command line
 * @param machine processors, memory, Java
 * @param plan what was run
 * @param seeds by seed
 */
public record PreferenceReport(
    List<String> command, Map<String, String> machine, PreferencePlan plan, Map<Long, Seed> seeds) {
  private static final List<String> TERMS = List.of("relevance", "diversity", "engagement");

  public PreferenceReport {
    seeds = new TreeMap<>(seeds);
  }

  /**
   * One split.
   *
   * @param arrived products that the change brings
   * @param withdrawn products that it takes away
   * @param curve under the evaluating judge, dev queries
   * @param judged under the evaluating judge, test queries: policy to term
   */
  public record Seed(
      int arrived, int withdrawn, List<Point> curve, Map<String, Map<String, Term>> judged) {
    public Seed {
      curve = List.copyOf(curve);
      judged = Collections.unmodifiableMap(new LinkedHashMap<>(judged));
    }
  }

  /**
   * A point of the curve.
   *
   * @param step DPO steps so far, those before the change included
   * @param shop before or after the change
   * @param evaluated by the evaluating judge
   * @param trained figures of the step, by the training judge; empty where none was taken
   */
  public record Point(
      long step, String shop, Map<String, Double> evaluated, Map<String, Double> trained) {
    public Point {
      evaluated = new TreeMap<>(evaluated);
      trained = new TreeMap<>(trained);
    }
  }

  /**
   * A mean over test queries.
   *
   * @param value the mean
   * @param queries how many
   * @param difference to the phase's first policy, 95 % paired bootstrap interval
   */
  public record Term(double value, int queries, Interval difference) {}

  /** Tables of a results page: means over seeds. */
  public String table() {
    StringBuilder text = new StringBuilder("| policy |");
    TERMS.forEach(term -> text.append(' ').append(term).append(" | difference |"));
    text.append("\n|").append("---|".repeat(1 + 2 * TERMS.size())).append('\n');
    for (String policy : first().judged().keySet()) {
      text.append("| ").append(policy).append(" |");
      for (String term : TERMS) {
        List<Term> found = seeds.values().stream().map(seed -> term(seed, policy, term)).toList();
        Interval difference = SeedMean.of(found.stream().map(Term::difference).toList());
        text.append(
            String.format(
                Locale.ROOT,
                " %.4f | %s |",
                found.stream().mapToDouble(Term::value).average().orElseThrow(),
                difference.signedText(4)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Draws the terms over the steps, a line for each seed; the change is where lines break. */
  public void draw(Path folder) {
    for (String term : TERMS) {
      List<Curve> curves = new ArrayList<>();
      seeds.forEach(
          (seed, found) -> {
            curves.add(Curve.line("split " + seed + " before", points(found, "before", term)));
            curves.add(Curve.line("split " + seed + " after", points(found, "after", term)));
          });
      new LineChart(
              "Online DPO: " + term + " under the evaluating judge (simulated engagement)",
              Axis.of("DPO steps"),
              Axis.of(term),
              curves)
          .write(folder.resolve("preferences-" + term + ".png"));
    }
  }

  private static List<CurvePoint> points(Seed seed, String shop, String term) {
    return seed.curve().stream()
        .filter(point -> point.shop().equals(shop))
        .map(point -> CurvePoint.exact(point.step(), point.evaluated().getOrDefault(term, 0.0)))
        .toList();
  }

  private static Term term(Seed seed, String policy, String term) {
    Map<String, Term> terms = seed.judged().getOrDefault(policy, Map.of());
    Term found = terms.get(term);
    if (found == null) {
      throw new IllegalStateException(
          "No %s of %s, found %s.".formatted(term, policy, seed.judged().keySet()));
    }
    return found;
  }

  private Seed first() {
    return seeds.values().iterator().next();
  }

  /** Writes the report as JSON, making its folder. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }
}
