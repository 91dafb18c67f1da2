package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.evaluation.EvaluationReport;
import io.searchloop.app.evaluation.HeldOut;
import io.searchloop.app.report.LoopReport;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.rewrite.ContextSource;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import io.searchloop.trainer.offline.CurvePoint;
import io.searchloop.trainer.offline.OfflineTrainer;
import io.searchloop.trainer.offline.OfflineTrainer.Trained;
import io.searchloop.trainer.offline.TrainedPolicy;
import io.searchloop.trainer.offline.Validation;
import io.searchloop.trainer.publish.GateVerdict;
import io.searchloop.trainer.publish.GoldenSet;
import io.searchloop.trainer.publish.ReleaseGate;
import io.searchloop.trainer.warmstart.SupervisedWarmStart;
import io.searchloop.trainer.warmstart.WarmStart;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One run of {@code train}: warm start, learning from feedback, release gate, judgement, policy
 * directory. Every stage resumes; what evaluates is never what trains: test queries are not read,
 * validation queries only judged. Runs on the caller's thread.
 *
 * @param given settings given on the command line, for the report
 * @param beginning weights and vocabulary that training begins with
 * @param out the policy directory to be
 */
public record TrainRun(
    Dataset dataset,
    TrainSettings settings,
    Map<String, String> given,
    Beginning beginning,
    Path out,
    InstantSource clock,
    PrintStream console) {

  /**
   * Trains and writes.
   *
   * @return the report; the policy is sealed unless it says refused
   * @throws IllegalStateException when another run began in the directory
   */
  public TrainReport run() {
    RunDirectory directory = RunDirectory.open(out, settings, dataset, beginning.described());
    TrainProgress progress = new TrainProgress(console, clock, settings.offline());
    progress.stage("Indexing " + dataset.products().size() + " products ...");
    try (EngineSide side = EngineSide.open(dataset, settings.feedback())) {
      ContextSource contexts = new TopProducts(side.engine(), options().products());
      Lessons lessons = Lessons.of(settings, dataset, side);
      long startedAt = clock.millis();
      try (WarmStart warmStart = warmStart(directory, contexts, lessons, progress)) {
        double minutes = (clock.millis() - startedAt) / 60_000.0;
        progress.stage("Learning from " + lessons.queries().size() + " queries ...");
        Optional<JudgedValidation> validation =
            JudgedValidation.of(
                side.engine(), dataset, side.fused(), contexts, settings.offline().seed());
        OfflineTrainer trainer =
            new OfflineTrainer(
                settings.offline(),
                settings.trainer(),
                contexts,
                lessons.feedback(),
                validation.<Validation>map(judged -> judged).orElse((policy, shape) -> Map.of()),
                clock);
        try (Trained trained =
            trainer.train(directory.learning(), warmStart, lessons.queries(), progress::step)) {
          return conclude(warmStart, trained, validation, lessons, minutes, progress);
        }
      }
    }
  }

  private WarmStart warmStart(
      RunDirectory directory, ContextSource contexts, Lessons lessons, TrainProgress progress) {
    Optional<WarmStart> policy = beginning.policy();
    if (policy.isPresent()) {
      progress.stage("Going on from a policy, without a warm start ...");
      return policy.get();
    }
    progress.stage("Warm start from the catalogue and its past queries ...");
    SupervisedWarmStart warmStart =
        new SupervisedWarmStart(settings.warmStart(), clock, options(), contexts);
    return beginning
        .model()
        .map(warmStart::from)
        .orElse(warmStart)
        .resumeOrTrain(directory.warmStart(), lessons.text().get(), progress::warmStart);
  }

  private RewriteOptions options() {
    return beginning.options().orElse(settings.prompt().options());
  }

  private TrainReport conclude(
      WarmStart warmStart,
      Trained trained,
      Optional<JudgedValidation> validation,
      Lessons lessons,
      double warmStartMinutes,
      TrainProgress progress) {
    progress.stage("Judging ...");
    NetworkConfig network = trained.network().config();
    PolicyArtifact artifact = warmStart.artifact(trained.network());
    GateVerdict verdict = gate(warmStart, artifact, trained.network());
    Map<String, PolicyArtifact> policies = new LinkedHashMap<>();
    policies.put("warm-start", warmStart.artifact(warmStart.network()));
    policies.put("trained", artifact);
    EvaluationReport judged =
        validation
            .map(dev -> dev.compare(policies, network))
            .orElseGet(() -> EvaluationReport.none(dataset.name()));
    String refused = verdict instanceof GateVerdict.Refused refusal ? refusal.reason() : "";
    TrainReport report =
        new TrainReport(
            TrainReport.label(lessons, validation.isPresent()),
            dataset.name(),
            LoopReport.machineFacts(),
            given,
            lessons.queries().size(),
            Map.of("warm_start", warmStartMinutes, "learning", trained.seconds() / 60),
            warmStart.figures(),
            verdict.figures(),
            refused,
            judged,
            trained.curve().size(),
            TrainReport.thinned(trained.curve()));
    if (refused.isEmpty()) {
      TrainedPolicy.write(out, warmStart, trained.network(), provenance(trained.curve(), verdict));
    } else {
      PolicyDirectory.unseal(out);
    }
    report.write(out);
    return report;
  }

  private GateVerdict gate(WarmStart warmStart, PolicyArtifact artifact, PolicyNetwork network) {
    try (TokenMask mask =
            TokenMask.of(warmStart.format().grammar(), warmStart.spec().vocabularySize());
        PolicyNetwork reference = warmStart.network().frozenCopy()) {
      ReleaseGate gate =
          new ReleaseGate(
              settings.gate(),
              warmStart.probes(),
              settings.trainer().temperature(),
              mask,
              GoldenSet.NONE,
              clock);
      return gate.judge(
          artifact.toBytes(), network, reference, new RandomState(settings.offline().seed()));
    }
  }

  private String origin() {
    return switch (settings.feedback().from()) {
      case ENGINE -> "engine-feedback";
      case JUDGMENTS -> "judgments";
      case CLICKS -> "clicks";
      case HTTP -> "language-model";
    };
  }

  private PolicyProvenance provenance(List<CurvePoint> curve, GateVerdict verdict) {
    long updates = curve.stream().filter(point -> point.refused().isEmpty()).count();
    Map<String, String> config = new TreeMap<>(settings.trainer().described());
    config.put(HeldOut.DATASET, dataset.name());
    config.put(HeldOut.SPLIT, Long.toString(dataset.split().seed()));
    config.put("warmStart", settings.warmStart().toString());
    config.put("offline", settings.offline().toString());
    config.put("feedback", settings.feedback().toString());
    config.put("engine", settings.engine().toString());
    config.put("reward", settings.prices().toString());
    config.put("prompt", options().toString());
    config.put("beginning", beginning.described());
    String version = TrainRun.class.getPackage().getImplementationVersion();
    return new PolicyProvenance(
        origin(),
        0,
        0,
        updates,
        Map.of(),
        config,
        verdict.figures(),
        version == null ? "development" : version,
        clock.millis());
  }
}
