package io.searchloop.trainer;

import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.intake.RefusalReason;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.publish.GateVerdict;
import io.searchloop.trainer.publish.ReleaseGate;
import io.searchloop.trainer.publish.ReleasePacker;
import io.searchloop.trainer.publish.ReleaseSink;
import io.searchloop.trainer.warmstart.WarmStart;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Weights to a release, in the order that survives a crash: checkpoint on disk, export, gate, then
 * one transaction. A refused candidate leaves the weights of the last release in training, so one
 * bad interval cannot spoil all that follow. Thread owner: the trainer thread.
 */
final class Releaser {
  private static final Logger log = LoggerFactory.getLogger(Releaser.class);

  /**
   * What became of a candidate.
   *
   * @param line what training continues from
   * @param verdict what the gate found
   */
  record Released(TrainingLine line, GateVerdict verdict) {}

  private final Map<String, String> config;
  private final WarmStart warmStart;
  private final ArtifactExporter exporter;
  private final CheckpointStore checkpoints;
  private final ReleaseGate gate;
  private final ReleaseSink sink;
  private final ReleasePacker packer;
  private final InstantSource clock;
  private final String codeVersion;

  /**
   * @param warmStart first policy
   * @param fingerprint of the warm start, recorded in every release
   */
  Releaser(
      TrainerConfig config,
      WarmStart warmStart,
      String fingerprint,
      CheckpointStore checkpoints,
      ReleaseGate gate,
      ReleaseSink sink,
      InstantSource clock,
      String codeVersion) {
    this.config = new TreeMap<>(config.described());
    this.config.put(WarmStartFingerprint.KEY, fingerprint);
    gate.bounds().forEach((figure, bound) -> this.config.put("gate." + figure, bound));
    this.warmStart = warmStart;
    this.exporter = new ArtifactExporter(warmStart, config.exportPrecision());
    this.checkpoints = checkpoints;
    this.gate = gate;
    this.sink = sink;
    this.packer = new ReleasePacker(config.keyframeEvery(), config.maxDeltaShare());
    this.clock = clock;
    this.codeVersion = codeVersion;
  }

  /**
   * Releases the warm start as step 0.
   *
   * @throws IllegalStateException when the gate refuses it: there is nothing to fall back to
   */
  TrainingLine first(TrainingState state, long lineage) {
    String checkpoint = state.save(checkpoints, lineage, 0);
    TrainingLine line = new TrainingLine(lineage, -1, 0, checkpoint);
    Candidate candidate = candidate(state, line, checkpoint, warmStartProvenance(Map.of()));
    GateVerdict verdict = judge(candidate, state, state.network());
    if (verdict instanceof GateVerdict.Refused refused) {
      throw new IllegalStateException(
          "The release gate refuses the warm start: "
              + refused.reason()
              + ". Train it longer (trainer.warm-start.budget), or lower the bound.");
    }
    Map<String, Double> figures = new TreeMap<>(verdict.figures());
    warmStart.figures().forEach((name, value) -> figures.put("warm_start_" + name, value));
    long version =
        publish(candidate, candidate.judged(warmStartProvenance(figures)), OptionalLong.empty());
    log.info("Warm start released as policyVersion={}", version);
    return new TrainingLine(lineage, version, 0, checkpoint);
  }

  /** Releases the current weights, or refuses them and goes back to those of the line. */
  Released next(
      TrainingState state, PolicyNetwork reference, TrainingLine line, ReleaseWindow window) {
    String checkpoint = state.save(checkpoints, line.lineage(), window.next());
    Candidate candidate = candidate(state, line, checkpoint, provenance(window, Map.of()));
    GateVerdict verdict = judge(candidate, state, reference);
    if (verdict instanceof GateVerdict.Refused refused) {
      return refuse(state, line, window, refused);
    }
    long version =
        publish(
            candidate,
            candidate.judged(provenance(window, verdict.figures())),
            OptionalLong.of(window.next()));
    log.info(
        "Released policyVersion={} step={} lineage={} bytes={} carried={}",
        version,
        state.step(),
        line.lineage(),
        candidate.packed().artifact().length,
        candidate.packed().carried().length);
    return new Released(
        new TrainingLine(line.lineage(), version, state.step(), checkpoint), verdict);
  }

  /** The next release builds on no earlier one: after a rewind, workers may serve another line. */
  void beginAnew() {
    packer.forget();
  }

  private long publish(Candidate candidate, ReleaseManifest manifest, OptionalLong nextMinibatch) {
    long version = sink.release(manifest, candidate.packed().carried(), nextMinibatch);
    packer.released(version, manifest.sha256(), candidate.packed());
    return version;
  }

  private Candidate candidate(
      TrainingState state, TrainingLine line, String checkpoint, PolicyProvenance provenance) {
    byte[] artifact = exporter.export(state.network(), line, state.step(), checkpoint, provenance);
    return Candidate.of(line, state.step(), checkpoint, packer.pack(artifact), provenance);
  }

  /** Other probes at each step, without moving the randomness that a checkpoint holds. */
  private GateVerdict judge(Candidate candidate, TrainingState state, PolicyNetwork reference) {
    RandomState probing = new RandomState(state.random().state() + state.step());
    return gate.judge(candidate.asWorkersRebuildIt(), state.network(), reference, probing);
  }

  private Released refuse(
      TrainingState state, TrainingLine line, ReleaseWindow window, GateVerdict.Refused refused) {
    long refusedStep = state.step();
    window.withdraw(RefusalReason.GATE);
    sink.refuse(
        Candidate.refusal(line, refusedStep, provenance(window, refused.figures())),
        refused.reason(),
        window.next());
    state.restore(checkpoints, line.checkpoint());
    log.warn("Refused step={}: {}", refusedStep, refused.reason());
    return new Released(line, refused);
  }

  private PolicyProvenance provenance(ReleaseWindow window, Map<String, Double> figures) {
    return window.provenance(config, figures, codeVersion, clock.instant());
  }

  private PolicyProvenance warmStartProvenance(Map<String, Double> figures) {
    return new PolicyProvenance(
        "warm-start", 0, 0, 0, Map.of(), config, figures, codeVersion, clock.millis());
  }
}
