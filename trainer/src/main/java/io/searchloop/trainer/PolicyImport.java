package io.searchloop.trainer;

import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.publish.GateVerdict;
import io.searchloop.trainer.publish.PolicyHistory;
import io.searchloop.trainer.publish.ReleaseEntry;
import io.searchloop.trainer.warmstart.WarmStart;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes a policy that was trained elsewhere, under the rules of every release: gate,
 * checkpoint, one transaction. In a log without releases it becomes the first, and the anchor of
 * all training that follows; else the next version of the current lineage. Takes the trainer's
 * place while it works, and its transactional id. One thread.
 */
public final class PolicyImport implements AutoCloseable {
  private final TrainerConfig config;
  private final GateSettings gate;
  private final TrainerPorts ports;
  private final CheckpointStore checkpoints;
  private final InstantSource clock;

  /**
   * What became of an import.
   *
   * @param version policy version that is the newest of the lineage now
   * @param refused why the gate refused the import; empty when it did not
   */
  public record Imported(long version, String refused) {}

  PolicyImport(
      TrainerConfig config,
      GateSettings gate,
      TrainerPorts ports,
      CheckpointStore checkpoints,
      InstantSource clock) {
    this.config = config;
    this.gate = gate;
    this.ports = ports;
    this.checkpoints = checkpoints;
    this.clock = clock;
  }

  /** Whether nothing was released yet, so that an import would be the first. */
  public boolean first() {
    return ports.policyLog().catchUp().first().isEmpty();
  }

  /**
   * Publishes a policy; it stays the caller's.
   *
   * @throws IllegalStateException when it does not fit the log, or the gate refuses a first release
   */
  public Imported publish(WarmStart policy) {
    LibTorch.initialise(config.threads());
    PolicyHistory history = ports.policyLog().catchUp();
    Optional<ReleaseEntry> first = history.first();
    if (first.isEmpty()) {
      try (TrainingSession session = resume(policy)) {
        return new Imported(session.line().parentVersion(), "");
      }
    }
    try (WarmStart anchor = anchor(first.get(), policy);
        TrainingSession session = resume(anchor)) {
      GateVerdict verdict = session.adopt(policy.network(), history);
      String refused = verdict instanceof GateVerdict.Refused refusal ? refusal.reason() : "";
      return new Imported(session.line().parentVersion(), refused);
    }
  }

  private TrainingSession resume(WarmStart warmStart) {
    return TrainingSession.resume(config, gate, warmStart, ports, checkpoints, clock);
  }

  /** The warm start of the log, whose tokenizer and dimensions the policy must share. */
  private WarmStart anchor(ReleaseEntry first, WarmStart policy) {
    PolicyNetwork network = TrainingState.frozen(checkpoints, first.manifest().checkpoint());
    WarmStart anchor =
        new WarmStart(network, policy.tokenizer(), policy.spec(), policy.probes(), Map.of());
    try {
      WarmStartFingerprint.require(WarmStartFingerprint.of(anchor), first, anchor);
    } catch (IllegalStateException e) {
      anchor.close();
      throw new IllegalStateException(
          "The first release of the log has another tokenizer or other dimensions than the imported"
              + " policy. A log keeps one tokenizer: import into a new data directory.",
          e);
    }
    return anchor;
  }

  @Override
  public void close() {
    ports.close();
  }
}
