package io.searchloop.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.export.GraphPrecision;
import io.searchloop.trainer.export.OnnxExporter;
import io.searchloop.trainer.export.ReducedGraph;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReleaseGateTest {
  private static final Tokenizer TOKENIZER =
      BytePairTrainer.train(List.of("garden hose", "garden chair", "garden table"), 264);
  private static final NetworkConfig CONFIG =
      new NetworkConfig(TOKENIZER.vocabularySize(), 16, 2, 2, 2, 32, 32, 10_000, 1e-5);

  private static final List<String> PROBES =
      List.of("garden hose", "garden chair", "table", "hose");

  private final RewriteFormat format = new RewriteFormat(TOKENIZER, 20, 12);
  private final PolicyNetwork network = PolicyNetwork.initialise(CONFIG, 1);
  private final PolicyNetwork other = PolicyNetwork.initialise(CONFIG, 2);
  private final TokenMask mask = TokenMask.of(format.grammar(), CONFIG.vocabularySize());

  private GoldenSet golden = GoldenSet.NONE;
  private InstantSource clock = InstantSource.fixed(Instant.EPOCH);

  @AfterEach
  void close() {
    network.close();
    other.close();
    mask.close();
  }

  @Test
  void acceptsWhatWorkersCanServe() {
    GateVerdict verdict = judge(artifact(network), network, lenient());

    assertThat(verdict).isInstanceOf(GateVerdict.Accepted.class);
    assertThat(verdict.figures())
        .containsKeys(
            "parity",
            "validity_greedy",
            "validity_sampled",
            "length_ratio",
            "logprob_gap",
            "kl_to_anchor",
            "entropy",
            "latency_ms");
    assertThat(verdict.figures().get("logprob_gap")).isLessThan(1e-3);
    assertThat(verdict.figures().get("kl_to_anchor")).isZero();
  }

  @Test
  void tellsTheBoundOfWhatItMeasures() {
    Map<String, String> bounds = gate(lenient()).bounds();

    assertThat(bounds)
        .containsEntry("kl_to_anchor", "at most 100.0")
        .containsKeys(GateBounds.PRECISION_LOSS, GateBounds.GOLDEN_LOSS);
    assertThat(bounds.get("validity_greedy")).startsWith("at least ");
  }

  @Test
  void refusesAnArtifactThatHoldsOtherWeights() {
    assertThat(refusal(artifact(other), network, lenient())).contains("differ by");
  }

  @Test
  void refusesBytesThatAreNoArtifact() {
    byte[] cut = Arrays.copyOf(artifact(network), 1_000);

    assertThat(refusal(cut, network, lenient())).containsAnyOf("ZIP", "lacks");
  }

  @Test
  void refusesAnArtifactWithADamagedGraph() {
    byte[] graph = OnnxExporter.export(network, Map.of());
    byte[] damaged = Arrays.copyOf(graph, graph.length / 2);

    assertThat(
            refusal(new PolicyArtifact(spec(), TOKENIZER, damaged).toBytes(), network, lenient()))
        .contains("ONNX Runtime cannot");
  }

  @Test
  void refusesAPolicyWhoseAnswersAreNoRewrites() {
    // Untrained weights sample bytes that are seldom valid UTF-8.
    Map<String, String> strict = new HashMap<>(lenient());
    strict.put("trainer.gate.min-validity", "0.98");

    assertThat(refusal(artifact(network), network, strict))
        .contains("validity")
        .contains("trainer.gate.min-validity");
  }

  @Test
  void refusesAPolicyThatRanAwayFromTheWarmStart() {
    Map<String, String> strict = new HashMap<>(lenient());
    strict.put("trainer.gate.max-kl", "0.000001");

    assertThat(refusal(artifact(network), other, strict)).contains("trainer.gate.max-kl");
  }

  @Test
  void refusesKeywordDumps() {
    Map<String, String> strict = new HashMap<>(lenient());
    strict.put("trainer.gate.max-length-ratio", "0.0001");

    assertThat(refusal(artifact(network), network, strict)).contains("max-length-ratio");
  }

  @Test
  void refusesAPolicyThatExploresNoMore() {
    Map<String, String> strict = new HashMap<>(lenient());
    strict.put("trainer.gate.min-entropy", "100");

    assertThat(refusal(artifact(network), network, strict)).contains("trainer.gate.min-entropy");
  }

  @Test
  void refusesAPolicyThatFindsLessThanTheQueriesAsTyped() {
    golden =
        new GoldenSet() {
          @Override
          public List<String> queries() {
            return PROBES;
          }

          @Override
          public double ndcg(List<String> rewrites) {
            return rewrites.equals(queries()) ? .5 : .47;
          }
        };

    assertThat(refusal(artifact(network), network, lenient()))
        .contains("golden_loss is 0.03")
        .contains("trainer.gate.max-golden-loss");
    Map<String, String> tolerant = new HashMap<>(lenient());
    tolerant.put("trainer.gate.max-golden-loss", "0.04");
    GateVerdict verdict = judge(artifact(network), network, tolerant);
    assertThat(verdict).isInstanceOf(GateVerdict.Accepted.class);
    assertThat(verdict.figures())
        .containsEntry("golden_ndcg", .47)
        .containsEntry("golden_typed_ndcg", .5);
  }

  @Test
  void refusesAGraphThatAnswersTooLate() {
    AtomicLong millis = new AtomicLong();
    clock = () -> Instant.ofEpochMilli(millis.getAndAdd(1_200));

    assertThat(refusal(artifact(network), network, lenient()))
        .contains("latency_ms is 1200.0")
        .contains("trainer.gate.max-latency");
  }

  @Test
  void judgesSmallerWeightsByWhatTheyLose() {
    byte[] exact = OnnxExporter.export(network, Map.of());
    byte[] half =
        new PolicyArtifact(spec(), TOKENIZER, ReducedGraph.of(exact, GraphPrecision.FP16))
            .toBytes();
    Map<String, String> strict = new HashMap<>(lenient());
    strict.put("trainer.gate.max-log-prob-gap", "1e-12");

    GateVerdict verdict = judge(half, network, strict);
    assertThat(verdict).isInstanceOf(GateVerdict.Accepted.class);
    assertThat(verdict.figures().get("precision_kl")).isBetween(0.0, 1e-5);
    strict.put("trainer.gate.max-precision-loss", "1e-12");
    assertThat(refusal(half, network, strict)).contains("trainer.gate.max-precision-loss");
  }

  private static Map<String, String> lenient() {
    return Map.of(
        "trainer.gate.min-validity", "0",
        "trainer.gate.min-sampled-validity", "0",
        "trainer.gate.max-kl", "100",
        "trainer.gate.max-length-ratio", "100");
  }

  private String refusal(byte[] artifact, PolicyNetwork reference, Map<String, String> settings) {
    GateVerdict verdict = judge(artifact, reference, settings);
    assertThat(verdict).isInstanceOf(GateVerdict.Refused.class);
    return ((GateVerdict.Refused) verdict).reason();
  }

  private GateVerdict judge(
      byte[] artifact, PolicyNetwork reference, Map<String, String> settings) {
    return gate(settings).judge(artifact, network, reference, new RandomState(3));
  }

  private ReleaseGate gate(Map<String, String> settings) {
    ConfigBinder binder = new ConfigBinder(settings);
    GateSettings gate = binder.bind("trainer.gate", GateSettings.class);
    binder.finish();
    return new ReleaseGate(gate, PROBES, 1, mask, golden, clock);
  }

  private static byte[] artifact(PolicyNetwork exported) {
    return new PolicyArtifact(spec(), TOKENIZER, OnnxExporter.export(exported, Map.of())).toBytes();
  }

  private static PolicySpec spec() {
    return new PolicySpec(
        PolicySpec.FORMAT,
        CONFIG.vocabularySize(),
        CONFIG.layers(),
        CONFIG.keyValueHeads(),
        CONFIG.headDim(),
        20,
        12);
  }
}
