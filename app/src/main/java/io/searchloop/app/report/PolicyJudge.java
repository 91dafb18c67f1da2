package io.searchloop.app.report;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.Evaluation;
import io.searchloop.app.dataset.EvaluationReport;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseChain;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.ProductNotes;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.streams.activation.KafkaChunks;
import io.searchloop.streams.feed.ConsumerSettings;
import io.searchloop.streams.inference.OnnxPolicy;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.inference.Rollout;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Judges the warm start and the last version by human judgments of test-split queries, beside the
 * query as typed and a spelling checker. Shoppers never typed these queries, nothing was trained on
 * them, and no reward takes part. Rewrites are greedy; BM25 is not tuned, nothing is re-ranked.
 */
public final class PolicyJudge {
  private static final Duration CHUNK_TIMEOUT = Duration.ofSeconds(10);
  private static final SamplerSettings GREEDY = new SamplerSettings(1, 1);

  private final String bootstrapServers;
  private final Serdes serdes;
  private final Dataset dataset;
  private final long seed;

  /**
   * @param seed of the bootstrap intervals
   */
  public PolicyJudge(String bootstrapServers, Serdes serdes, Dataset dataset, long seed) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
    this.dataset = dataset;
    this.seed = seed;
  }

  /**
   * Judges the first and the last of the releases; none gives the baselines only.
   *
   * @param releases releases in order, refusals left out
   */
  public EvaluationReport judge(List<Release> releases) {
    try (LuceneSearchEngine engine =
        LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT)) {
      SpellingArm spelling = new SpellingArm(engine.vocabulary());
      Map<String, UnaryOperator<String>> policies = new LinkedHashMap<>();
      policies.put("identity", UnaryOperator.identity());
      policies.put("spelling", spelling::rewrite);
      if (releases.isEmpty()) {
        return judge(engine, policies);
      }
      try (OnnxPolicy first = open(releases.get(0), releases);
          OnnxPolicy last = open(releases.get(releases.size() - 1), releases)) {
        policies.put("warm-start", rewriter(first, engine));
        policies.put("last-version", rewriter(last, engine));
        return judge(engine, policies);
      }
    }
  }

  private EvaluationReport judge(
      LuceneSearchEngine engine, Map<String, UnaryOperator<String>> policies) {
    return new Evaluation(engine, dataset, Split.TEST, seed).judge(policies);
  }

  private OnnxPolicy open(Release release, List<Release> releases) {
    ConsumerSettings consumers = new ConsumerSettings(bootstrapServers);
    try (KafkaChunks chunks =
        new KafkaChunks(
            () -> consumers.consumer("policy-judge"),
            serdes.of(Topics.POLICY_CHUNKS),
            CHUNK_TIMEOUT)) {
      byte[] artifact = new byte[0];
      for (ReleaseManifest link :
          ReleaseChain.of(release.manifest(), version -> manifest(version, releases))) {
        artifact = ArtifactChunks.assemble(link, chunks.fetch(link), artifact);
      }
      return OnnxPolicy.open(release.version(), PolicyArtifact.read(artifact), 1);
    }
  }

  private static Optional<ReleaseManifest> manifest(long version, List<Release> releases) {
    return releases.stream()
        .filter(release -> release.version() == version)
        .map(Release::manifest)
        .findFirst();
  }

  private static UnaryOperator<String> rewriter(OnnxPolicy policy, SearchEngine engine) {
    RewriteSampler sampler = new RewriteSampler(GREEDY);
    int products = policy.format().options().products();
    return query -> {
      QueryContext context =
          QueryContext.of(query).withProducts(ProductNotes.top(engine, query, products));
      Rollout rollout = sampler.greedy(policy, policy.format().prompt(context));
      return rollout.valid() ? rollout.rewrite() : query;
    };
  }
}
