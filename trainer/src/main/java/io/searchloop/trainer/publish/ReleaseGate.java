package io.searchloop.trainer.publish;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.trainer.export.ExportParity;
import io.searchloop.trainer.export.ParityException;
import io.searchloop.trainer.network.AnswerScorer;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.sampling.PolicyDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Decides whether weights may be served, on the artifact as workers will rebuild it from its bytes:
 * it runs and computes what the trainer computed, its answers are rewrites of sane length, its
 * log-probabilities are the trainer's, and it has not run away from the warm start.
 *
 * <p>Borrows networks and mask. Thread owner: the trainer thread.
 */
public final class ReleaseGate {
  private final GateSettings settings;
  private final List<String> probes;
  private final double temperature;
  private final AnswerScorer scorer;

  /**
   * @param probes queries to try; at most {@code trainer.gate.probes} are used
   * @param temperature of the workers' sampler
   * @param mask grammar of the rewrite format
   */
  public ReleaseGate(
      GateSettings settings, List<String> probes, double temperature, TokenMask mask) {
    if (probes.isEmpty()) {
      throw new IllegalArgumentException(
          "Release gate found no probe queries, expected at least one. Train a new warm start.");
    }
    this.settings = settings;
    this.probes = probes.subList(0, Math.min(probes.size(), settings.probes()));
    this.temperature = temperature;
    this.scorer = new AnswerScorer(temperature, mask);
  }

  /**
   * Judges an artifact.
   *
   * @param artifact bytes as they would be published
   * @param network weights it claims to hold
   * @param reference the warm start
   * @param random draws parity inputs and answers
   */
  public GateVerdict judge(
      byte[] artifact, PolicyNetwork network, PolicyNetwork reference, RandomGenerator random) {
    Map<String, Double> figures = new TreeMap<>();
    try {
      PolicyArtifact rebuilt = PolicyArtifact.read(artifact);
      figures.put(
          "parity",
          ExportParity.check(network, rebuilt.onnx(), random, settings.parityTolerance()));
      measure(rebuilt, network, reference, random, figures);
    } catch (InvalidReleaseException | ParityException | ArithmeticException e) {
      return new GateVerdict.Refused(String.valueOf(e.getMessage()), figures);
    }
    return firstProblem(figures)
        .<GateVerdict>map(problem -> new GateVerdict.Refused(problem, figures))
        .orElseGet(() -> new GateVerdict.Accepted(figures));
  }

  private void measure(
      PolicyArtifact rebuilt,
      PolicyNetwork network,
      PolicyNetwork reference,
      RandomGenerator random,
      Map<String, Double> figures) {
    RewriteFormat format = rebuilt.format();
    List<int[]> prompts =
        probes.stream().map(probe -> format.prompt(QueryContext.of(probe))).toList();
    PolicyDecoder decoder = new PolicyDecoder(rebuilt, network.config());
    List<Answer> sampled = decoder.sample(prompts, temperature, random);
    List<Answer> greedy = decoder.greedy(prompts);
    figures.put("validity_greedy", validity(format, greedy));
    figures.put("validity_sampled", validity(format, sampled));
    figures.put("length_ratio", (lengthRatio(format, greedy) + lengthRatio(format, sampled)) / 2);

    List<int[]> answers = sampled.stream().map(Answer::tokens).toList();
    double[][] current = scorer.logProbs(network, prompts, answers);
    double[][] anchor = scorer.logProbs(reference, prompts, answers);
    figures.put("logprob_gap", gap(sampled, current));
    figures.put("kl_to_anchor", kl(current, anchor));
  }

  private static double validity(RewriteFormat format, List<Answer> answers) {
    long valid =
        answers.stream().filter(answer -> format.rewrite(answer.tokens()).isPresent()).count();
    return valid / (double) answers.size();
  }

  /**
   * Characters of rewrites per character of queries: a keyword dump is long whatever its tokens.
   */
  private double lengthRatio(RewriteFormat format, List<Answer> answers) {
    double query = probes.stream().mapToInt(String::length).sum();
    double rewrite =
        answers.stream()
            .mapToInt(answer -> format.rewrite(answer.tokens()).map(String::length).orElse(0))
            .sum();
    return rewrite / Math.max(1, query);
  }

  private static double gap(List<Answer> sampled, double[][] current) {
    double largest = 0;
    for (int i = 0; i < current.length; i++) {
      for (int t = 0; t < current[i].length; t++) {
        largest = Math.max(largest, Math.abs(current[i][t] - sampled.get(i).logProbs()[t]));
      }
    }
    return largest;
  }

  /**
   * Mean of k3 = e^x - x - 1, x = l_ref - l_theta: KL(theta || ref) per token, as theta sampled.
   */
  private static double kl(double[][] current, double[][] anchor) {
    double sum = 0;
    int tokens = 0;
    for (int i = 0; i < current.length; i++) {
      for (int t = 0; t < current[i].length; t++, tokens++) {
        double x = anchor[i][t] - current[i][t];
        sum += Math.exp(x) - x - 1;
      }
    }
    return sum / tokens;
  }

  private Optional<String> firstProblem(Map<String, Double> figures) {
    return least("validity_greedy", "min-validity", settings.minValidity(), figures)
        .or(() -> sampled(figures))
        .or(() -> most("length_ratio", "max-length-ratio", settings.maxLengthRatio(), figures))
        .or(() -> most("logprob_gap", "max-log-prob-gap", settings.maxLogProbGap(), figures))
        .or(() -> most("kl_to_anchor", "max-kl", settings.maxKl(), figures));
  }

  private Optional<String> sampled(Map<String, Double> figures) {
    return least(
        "validity_sampled", "min-sampled-validity", settings.minSampledValidity(), figures);
  }

  /** Negated comparisons, so that a figure of NaN is a problem too. */
  private static Optional<String> least(
      String figure, String key, double bound, Map<String, Double> figures) {
    double found = figures.getOrDefault(figure, Double.NaN);
    return found >= bound ? Optional.empty() : problem(figure, found, "at least", bound, key);
  }

  private static Optional<String> most(
      String figure, String key, double bound, Map<String, Double> figures) {
    double found = figures.getOrDefault(figure, Double.NaN);
    return found <= bound ? Optional.empty() : problem(figure, found, "at most", bound, key);
  }

  private static Optional<String> problem(
      String figure, double found, String relation, double bound, String key) {
    return Optional.of(
        "%s is %s, expected %s %s (trainer.gate.%s)"
            .formatted(figure, found, relation, bound, key));
  }
}
