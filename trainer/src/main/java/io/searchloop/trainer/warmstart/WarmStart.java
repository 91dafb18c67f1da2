package io.searchloop.trainer.warmstart;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.export.OnnxExporter;
import io.searchloop.trainer.network.PolicyNetwork;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first policy. Whoever holds it owns the network and closes it.
 *
 * @param network trained weights
 * @param tokenizer tokenizer of all releases that follow
 * @param spec dimensions of all releases that follow
 * @param probes queries on which releases are tried; seen in training, never logged
 * @param figures what training reached: loss, validity, exact_match, ...
 */
public record WarmStart(
    PolicyNetwork network,
    Tokenizer tokenizer,
    PolicySpec spec,
    List<String> probes,
    Map<String, Double> figures)
    implements AutoCloseable {
  public WarmStart {
    probes = List.copyOf(probes);
    figures = new TreeMap<>(figures);
  }

  /** Prompt and answer format of all releases. */
  public RewriteFormat format() {
    return spec.rewriteFormat(tokenizer);
  }

  /** The same language and format with other weights, which stay the caller's to close. */
  public WarmStart with(PolicyNetwork other) {
    return new WarmStart(other, tokenizer, spec, probes, figures);
  }

  /** A network of this shape as workers will run it. */
  public PolicyArtifact artifact(PolicyNetwork trained) {
    return new PolicyArtifact(spec, tokenizer, OnnxExporter.export(trained, Map.of()));
  }

  @Override
  public void close() {
    network.close();
  }
}
