package io.searchloop.trainer;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.release.Sha256;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.intake.RefusalReason;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.publish.GateVerdict;
import io.searchloop.trainer.publish.ReleaseGate;
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
  private static final String NO_ARTIFACT = "";

  /**
   * What became of a candidate.
   *
   * @param line what training continues from
   * @param verdict what the gate found
   */
  record Released(TrainingLine line, GateVerdict verdict) {}

  private final Map<String, String> config;
  private final WarmStart warmStart;
  private final CheckpointStore checkpoints;
  private final ReleaseGate gate;
  private final ReleaseSink sink;
  private final InstantSource clock;
  private final String codeVersion;

  Releaser(
      TrainerConfig config,
      WarmStart warmStart,
      CheckpointStore checkpoints,
      ReleaseGate gate,
      ReleaseSink sink,
      InstantSource clock,
      String codeVersion) {
    this.config = config.described();
    this.warmStart = warmStart;
    this.checkpoints = checkpoints;
    this.gate = gate;
    this.sink = sink;
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
    byte[] artifact = warmStart.artifact(state.network()).toBytes();
    GateVerdict verdict = gate.judge(artifact, state.network(), state.network(), probing(state));
    if (verdict instanceof GateVerdict.Refused refused) {
      throw new IllegalStateException(
          "The release gate refuses the warm start: "
              + refused.reason()
              + ". Train it longer (trainer.warm-start.budget), or lower the bound.");
    }
    Map<String, Double> figures = new TreeMap<>(verdict.figures());
    warmStart.figures().forEach((name, value) -> figures.put("warm_start_" + name, value));
    PolicyProvenance provenance =
        new PolicyProvenance(
            "warm-start", 0, 0, 0, Map.of(), config, figures, codeVersion, clock.millis());
    ReleaseManifest manifest =
        manifest(new TrainingLine(lineage, -1, 0, checkpoint), 0, checkpoint, artifact, provenance);
    long version = sink.release(manifest, artifact, OptionalLong.empty());
    log.info("Warm start released as policyVersion={}", version);
    return new TrainingLine(lineage, version, 0, checkpoint);
  }

  /** Releases the current weights, or refuses them and goes back to those of the line. */
  Released next(
      TrainingState state, PolicyNetwork reference, TrainingLine line, ReleaseWindow window) {
    String checkpoint = state.save(checkpoints, line.lineage(), window.next());
    byte[] artifact = warmStart.artifact(state.network()).toBytes();
    GateVerdict verdict = gate.judge(artifact, state.network(), reference, probing(state));
    if (verdict instanceof GateVerdict.Refused refused) {
      return refuse(state, line, window, refused);
    }
    ReleaseManifest manifest =
        manifest(line, state.step(), checkpoint, artifact, provenance(window, verdict));
    long version = sink.release(manifest, artifact, OptionalLong.of(window.next()));
    log.info(
        "Released policyVersion={} step={} lineage={} bytes={}",
        version,
        state.step(),
        line.lineage(),
        artifact.length);
    return new Released(
        new TrainingLine(line.lineage(), version, state.step(), checkpoint), verdict);
  }

  /** Other probes at each step, without moving the randomness that a checkpoint holds. */
  private static RandomState probing(TrainingState state) {
    return new RandomState(state.random().state() + state.step());
  }

  private Released refuse(
      TrainingState state, TrainingLine line, ReleaseWindow window, GateVerdict.Refused refused) {
    long refusedStep = state.step();
    window.withdraw(RefusalReason.GATE);
    ReleaseManifest manifest =
        new ReleaseManifest(
            ReleaseManifest.FORMAT,
            releaseId(line, refusedStep, window.next(), NO_ARTIFACT),
            line.parentVersion(),
            line.lineage(),
            refusedStep,
            0,
            0,
            NO_ARTIFACT,
            line.checkpoint(),
            provenance(window, refused));
    sink.refuse(manifest, refused.reason(), window.next());
    state.restore(checkpoints, line.checkpoint());
    log.warn("Refused step={}: {}", refusedStep, refused.reason());
    return new Released(line, refused);
  }

  private PolicyProvenance provenance(ReleaseWindow window, GateVerdict verdict) {
    return window.provenance(config, verdict.figures(), codeVersion, clock.instant());
  }

  private static ReleaseManifest manifest(
      TrainingLine line,
      long step,
      String checkpoint,
      byte[] artifact,
      PolicyProvenance provenance) {
    String hash = Sha256.of(artifact);
    return new ReleaseManifest(
        ReleaseManifest.FORMAT,
        releaseId(line, step, provenance.toMinibatch(), hash),
        line.parentVersion(),
        line.lineage(),
        step,
        ArtifactChunks.split(artifact).size(),
        artifact.length,
        hash,
        checkpoint,
        provenance);
  }

  /** Unique within a log, and the same when a crashed trainer repeats itself. */
  private static String releaseId(TrainingLine line, long step, long next, String hash) {
    String content = hash.isEmpty() ? "refused" : hash.substring(0, 12);
    return "l%d-s%d-m%d-%s".formatted(line.lineage(), step, next, content);
  }
}
