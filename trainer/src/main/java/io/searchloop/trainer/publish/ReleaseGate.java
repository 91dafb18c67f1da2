package io.searchloop.trainer.publish;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.trainer.export.ExportParity;
import io.searchloop.trainer.export.GraphLatency;
import io.searchloop.trainer.export.GraphPrecision;
import io.searchloop.trainer.export.OnnxExporter;
import io.searchloop.trainer.export.ParityException;
import io.searchloop.trainer.export.PrecisionLoss;
import io.searchloop.trainer.network.AnswerScorer;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.sampling.PolicyDecoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Decides whether weights may be served, on the artifact as workers will rebuild it from its
 * chunks: it runs and computes what the trainer computed (or loses no more than stated, in smaller
 * weights), its answers are rewrites of sane length, it still explores, it has not run away from
 * the warm start, it finds what the queries as typed find, and in time.
 *
 * <p>Borrows networks and mask. Thread owner: the trainer thread.
 */
public final class ReleaseGate {
  private static final int MILLION = 1_000_000;

  private final GateBounds bounds;
  private final double parityTolerance;
  private final List<String> probes;
  private final double temperature;
  private final AnswerScorer scorer;
  private final GoldenSet golden;
  private final GraphLatency latency;

  /**
   * @param probes queries to try; at most {@code trainer.gate.probes} are used
   * @param temperature of the workers' sampler
   * @param mask grammar of the rewrite format
   * @param golden judged queries, or {@link GoldenSet#NONE}
   * @param clock measures the graph
   */
  public ReleaseGate(
      GateSettings settings,
      List<String> probes,
      double temperature,
      TokenMask mask,
      GoldenSet golden,
      InstantSource clock) {
    if (probes.isEmpty()) {
      throw new IllegalArgumentException(
          "Release gate found no probe queries, expected at least one. Train a new warm start.");
    }
    this.bounds = new GateBounds(settings);
    this.parityTolerance = settings.parityTolerance();
    this.probes = probes.subList(0, Math.min(probes.size(), settings.probes()));
    this.temperature = temperature;
    this.scorer = new AnswerScorer(temperature, mask);
    this.golden = golden;
    this.latency = new GraphLatency(clock);
  }

  /** Each figure's bound in words, such as {@code at most 0.5}. */
  public Map<String, String> bounds() {
    return bounds.inWords();
  }

  /**
   * Judges an artifact.
   *
   * @param artifact bytes as workers put them together
   * @param network weights it claims to hold
   * @param reference the warm start
   * @param random draws parity inputs and answers
   */
  public GateVerdict judge(
      byte[] artifact, PolicyNetwork network, PolicyNetwork reference, RandomGenerator random) {
    Map<String, Double> figures = new TreeMap<>();
    try {
      PolicyArtifact rebuilt = PolicyArtifact.read(artifact);
      PolicyDecoder decoder = new PolicyDecoder(rebuilt, network.config());
      byte[] exact = exactGraph(rebuilt, network);
      figures.put("parity", ExportParity.check(network, exact, random, parityTolerance));
      List<Probe> sampled = probe(rebuilt, decoder, network, reference, random, figures);
      if (exact != rebuilt.onnx()) {
        precision(rebuilt, exact, network, sampled, figures);
      }
      golden(rebuilt.format(), decoder, figures);
      Probe first = sampled.get(0);
      Duration time =
          latency.median(network.config(), rebuilt.onnx(), first.prompt(), first.answer());
      figures.put("latency_ms", time.toNanos() / (double) MILLION);
    } catch (InvalidReleaseException | ParityException | ArithmeticException e) {
      return new GateVerdict.Refused(String.valueOf(e.getMessage()), figures);
    }
    return bounds
        .firstProblem(figures)
        .<GateVerdict>map(problem -> new GateVerdict.Refused(problem, figures))
        .orElseGet(() -> new GateVerdict.Accepted(figures));
  }

  /** The artifact's own graph when it is exact, else what it was made from. */
  private static byte[] exactGraph(PolicyArtifact rebuilt, PolicyNetwork network) {
    return GraphPrecision.of(rebuilt.onnx()) == GraphPrecision.FP32
        ? rebuilt.onnx()
        : OnnxExporter.export(network, Map.of());
  }

  /** A prompt and what the policy answered, as token ids. */
  private record Probe(int[] prompt, int[] answer) {
    int[] joined() {
      return IntStream.concat(Arrays.stream(prompt), Arrays.stream(answer)).toArray();
    }
  }

  private List<Probe> probe(
      PolicyArtifact rebuilt,
      PolicyDecoder decoder,
      PolicyNetwork network,
      PolicyNetwork reference,
      RandomGenerator random,
      Map<String, Double> figures) {
    RewriteFormat format = rebuilt.format();
    List<int[]> prompts = prompts(format, probes);
    List<Answer> sampled = decoder.sample(prompts, temperature, random);
    List<Answer> greedy = decoder.greedy(prompts);
    figures.put("validity_greedy", ProbeFigures.validity(format, greedy));
    figures.put("validity_sampled", ProbeFigures.validity(format, sampled));
    double lengths =
        Stream.of(greedy, sampled)
            .mapToDouble(answers -> ProbeFigures.lengthRatio(format, probes, answers))
            .sum();
    figures.put("length_ratio", lengths / 2);
    figures.put("entropy", ProbeFigures.entropy(sampled));

    List<int[]> answers = sampled.stream().map(Answer::tokens).toList();
    double[][] current = scorer.logProbs(network, prompts, answers);
    double[][] anchor = scorer.logProbs(reference, prompts, answers);
    figures.put("logprob_gap", ProbeFigures.gap(sampled, current));
    figures.put("kl_to_anchor", ProbeFigures.kl(current, anchor));
    return IntStream.range(0, prompts.size())
        .mapToObj(i -> new Probe(prompts.get(i), answers.get(i)))
        .toList();
  }

  private static void precision(
      PolicyArtifact rebuilt,
      byte[] exact,
      PolicyNetwork network,
      List<Probe> sampled,
      Map<String, Double> figures) {
    List<int[]> sequences = sampled.stream().map(Probe::joined).toList();
    PrecisionLoss loss = PrecisionLoss.of(network.config(), exact, rebuilt.onnx(), sequences);
    figures.put(GateBounds.PRECISION_LOSS, loss.kl());
    figures.put("precision_logits", loss.largestLogitDifference());
  }

  /** Workers fall back to the query as typed where an answer is no rewrite; so does this. */
  private void golden(RewriteFormat format, PolicyDecoder decoder, Map<String, Double> figures) {
    List<String> queries = golden.queries();
    if (queries.isEmpty()) {
      return;
    }
    List<Answer> answers = decoder.greedy(prompts(format, queries));
    List<String> rewrites = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      rewrites.add(format.rewrite(answers.get(i).tokens()).orElse(queries.get(i)));
    }
    double found = golden.ndcg(rewrites);
    double typed = golden.ndcg(queries);
    figures.put("golden_ndcg", found);
    figures.put("golden_typed_ndcg", typed);
    figures.put(GateBounds.GOLDEN_LOSS, typed - found);
  }

  private static List<int[]> prompts(RewriteFormat format, List<String> queries) {
    return queries.stream().map(query -> format.prompt(QueryContext.of(query))).toList();
  }
}
