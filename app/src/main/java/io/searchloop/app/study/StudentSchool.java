package io.searchloop.app.study;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.distillation.Distillation;
import io.searchloop.trainer.loss.DistillationLoss;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.warmstart.LearnedWeights;
import io.searchloop.trainer.warmstart.NoiseChannel;
import io.searchloop.trainer.warmstart.StartingPoint;
import io.searchloop.trainer.warmstart.SupervisedWarmStart;
import io.searchloop.trainer.warmstart.TaughtVocabulary;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartConfig;
import io.searchloop.trainer.warmstart.WarmStartDirectory;
import io.searchloop.trainer.warmstart.WarmStartText;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Trains the students of one teacher, or reads those that are there already. Dev and test queries
 * are not read. Runs on the caller's thread.
 */
final class StudentSchool {
  /** k: relevant products that two queries share to be a pair. */
  static final int JUDGED_THRESHOLD = 2;

  private static final double JUDGED_SHARE = .3;

  private final DistillationPlan plan;
  private final Dataset dataset;
  private final Path directory;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * @param directory where students go, by kind
   */
  StudentSchool(
      DistillationPlan plan,
      Dataset dataset,
      Path directory,
      InstantSource clock,
      Consumer<String> progress) {
    this.plan = plan;
    this.dataset = dataset;
    this.directory = directory;
    this.clock = clock;
    this.progress = progress;
  }

  /** The student that the others begin with; the caller closes it. */
  WarmStart start(WarmStart teacher, long seed) {
    return supervised(
        StudentKind.START,
        plan.warmStart(seed),
        new TaughtVocabulary(teacher.tokenizer()),
        TrainingText.of(dataset));
  }

  /**
   * A student of a kind; the caller closes it.
   *
   * @param start what it begins with; stays as it is
   */
  WarmStart student(StudentKind kind, WarmStart teacher, WarmStart start, long seed) {
    return switch (kind) {
      case START -> start(teacher, seed);
      case SFT ->
          supervised(
              kind, plan.supervised(seed, 0), new LearnedWeights(start), TrainingText.of(dataset));
      case Q2Q ->
          supervised(
              kind,
              plan.supervised(seed, JUDGED_SHARE),
              new LearnedWeights(start),
              TrainingText.ofJudged(dataset, JUDGED_THRESHOLD));
      case FORWARD_KL -> distilled(kind, DistillationLoss.FORWARD_KL, teacher, start, seed);
      case REVERSE_KL -> distilled(kind, DistillationLoss.REVERSE_KL, teacher, start, seed);
    };
  }

  private WarmStart supervised(
      StudentKind kind, WarmStartConfig config, StartingPoint from, WarmStartText text) {
    progress.accept("Student " + kind.key() + " ...");
    return new SupervisedWarmStart(config, clock)
        .from(from)
        .resumeOrTrain(directory.resolve(kind.key()), text, report -> {});
  }

  private WarmStart distilled(
      StudentKind kind, DistillationLoss loss, WarmStart teacher, WarmStart start, long seed) {
    progress.accept("Student " + kind.key() + " ...");
    WarmStartDirectory finished =
        new WarmStartDirectory(directory.resolve(kind.key()).resolve("finished"));
    Optional<WarmStart> before = finished.read();
    if (before.isPresent()) {
      return before.get();
    }
    PolicyNetwork begun = start.network();
    WarmStart student =
        new WarmStart(
            PolicyNetwork.restore(begun.config(), begun.compute(), begun.parameters()),
            start.tokenizer(),
            start.spec(),
            start.probes(),
            start.figures());
    try {
      new Distillation(plan.distillation(loss, seed))
          .distil(
              teacher,
              student,
              lessons(seed),
              report ->
                  progress.accept(
                      "  step %d of %d, divergence %.4f nats a token"
                          .formatted(report.step(), report.steps(), report.tokenDivergence())));
      finished.write(student);
      return student;
    } catch (RuntimeException | Error e) {
      student.close();
      throw e;
    }
  }

  /** Train queries, each as typed and misspelt once: what is well spelt teaches to copy. */
  private List<String> lessons(long seed) {
    WarmStartText text = TrainingText.of(dataset);
    NoiseChannel noise = NoiseChannel.learn(text.corrections());
    RandomGenerator random = new RandomState(seed);
    List<String> lessons = new ArrayList<>(text.queries());
    text.queries().forEach(query -> lessons.add(noise.misspell(query, random)));
    return lessons;
  }
}
