package io.searchloop.trainer.warmstart;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.ContextSource;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.sampling.PolicyDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Examples a warm start is judged on by greedy decoding: fresh misspellings of known texts, texts
 * to leave alone, and real corrections kept out of training.
 *
 * @param misspelt fresh noise
 * @param clean identity examples
 * @param corrections real corrections
 */
record HeldOut(List<RewritePair> misspelt, List<RewritePair> clean, List<RewritePair> corrections) {

  /** Shares by name: validity over all; exact_match, identity_kept and exact_correction of each. */
  Map<String, Double> judge(
      PolicyArtifact artifact, NetworkConfig network, ContextSource contexts) {
    List<RewritePair> all = new ArrayList<>(misspelt);
    all.addAll(clean);
    all.addAll(corrections);
    RewriteFormat format = artifact.format();
    List<int[]> prompts =
        all.stream().map(pair -> format.prompt(contexts.of(pair.source()))).toList();
    // Of a set the first counts: it is the one that learns the intended text.
    List<Optional<String>> rewrites =
        new PolicyDecoder(artifact, network)
            .greedy(prompts).stream()
                .map(answer -> format.rewrites(answer.tokens()).stream().findFirst())
                .toList();

    Map<String, Double> figures = new TreeMap<>();
    figures.put(
        "validity", rewrites.stream().filter(Optional::isPresent).count() / (double) all.size());
    int afterMisspelt = misspelt.size();
    int afterClean = afterMisspelt + clean.size();
    exact("exact_match", all, rewrites, 0, afterMisspelt, figures);
    exact("identity_kept", all, rewrites, afterMisspelt, afterClean, figures);
    exact("exact_correction", all, rewrites, afterClean, all.size(), figures);
    return figures;
  }

  private static void exact(
      String name,
      List<RewritePair> pairs,
      List<Optional<String>> rewrites,
      int from,
      int to,
      Map<String, Double> figures) {
    if (from == to) {
      return;
    }
    int hits = 0;
    for (int i = from; i < to; i++) {
      hits += rewrites.get(i).equals(Optional.of(pairs.get(i).target())) ? 1 : 0;
    }
    figures.put(name, hits / (double) (to - from));
  }
}
