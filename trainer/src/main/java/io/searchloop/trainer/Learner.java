package io.searchloop.trainer;

import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.intake.MinibatchReader;
import io.searchloop.trainer.intake.MinibatchRefusedException;
import io.searchloop.trainer.intake.ReceivedMinibatch;
import io.searchloop.trainer.intake.RefusalReason;
import io.searchloop.trainer.loss.StepOutcome;
import io.searchloop.trainer.loss.TrainingRollout;
import io.searchloop.trainer.loss.UpdateStep;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One minibatch into the weights, or a reason why not: lineage, kind, form and age are checked
 * before any weight sees it, divergence and finiteness by the step itself. Borrows its
 * collaborators. Thread owner: the trainer thread.
 */
final class Learner {
  private static final String STALE = "stale";
  private static final String DRIFTED = "drifted";

  private final TrainerConfig config;
  private final MinibatchReader reader;
  private final UpdateStep update;
  private final TrainingState state;

  Learner(TrainerConfig config, MinibatchReader reader, UpdateStep update, TrainingState state) {
    this.config = config;
    this.reader = reader;
    this.update = update;
    this.state = state;
  }

  /**
   * Learns from a minibatch.
   *
   * @param lineage lineage in training; minibatches of others are refused
   */
  Lesson learn(ReceivedMinibatch received, long lineage) {
    Minibatch minibatch = received.minibatch();
    if (minibatch == null) {
      return Lesson.refused(RefusalReason.UNDECODABLE, "bytes are no minibatch", Map.of());
    }
    if (minibatch.getLineage() != lineage) {
      return Lesson.refused(
          RefusalReason.FOREIGN_LINEAGE,
          "lineage " + minibatch.getLineage() + ", expected " + lineage,
          Map.of());
    }
    try {
      return switch (minibatch.getKind()) {
        case GROUPS, CORRECTIONS ->
            config.learnsFromGroups() ? learnGroups(minibatch) : otherAlgorithm(minibatch);
        case PAIRS -> config.learnsFromGroups() ? otherAlgorithm(minibatch) : learnPairs(minibatch);
        case UNKNOWN ->
            Lesson.refused(RefusalReason.UNKNOWN_KIND, "unknown kind; upgrade", Map.of());
      };
    } catch (MinibatchRefusedException e) {
      return Lesson.refused(e.reason(), String.valueOf(e.getMessage()), Map.of());
    }
  }

  private Lesson learnGroups(Minibatch minibatch) {
    List<TrainingRollout> all = reader.rollouts(minibatch);
    List<TrainingRollout> fresh =
        all.stream().filter(r -> state.step() - r.step() <= config.maxStaleness()).toList();
    if (fresh.isEmpty()) {
      return Lesson.refused(
          RefusalReason.STALE,
          "every rollout is more than " + config.maxStaleness() + " steps old",
          Map.of());
    }
    StepOutcome outcome =
        switch (minibatch.getKind()) {
          case CORRECTIONS -> update.corrections(fresh, state.step());
          case GROUPS, PAIRS, UNKNOWN -> update.groups(fresh, state.step());
        };
    return lesson(outcome, rewards(minibatch), all.size() - fresh.size());
  }

  private Lesson learnPairs(Minibatch minibatch) {
    return lesson(update.pairs(reader.pairs(minibatch)), new TreeMap<>(), 0);
  }

  private static Lesson otherAlgorithm(Minibatch minibatch) {
    return Lesson.refused(
        RefusalReason.OTHER_ALGORITHM,
        minibatch.getKind() + " are not learned from under trainer.algorithm",
        Map.of());
  }

  private Lesson lesson(StepOutcome outcome, Map<String, Double> figures, int stale) {
    figures.putAll(outcome.figures());
    if (outcome instanceof StepOutcome.Refused refused) {
      RefusalReason reason =
          switch (refused.cause()) {
            case DIVERGED -> RefusalReason.DIVERGED;
            case NOT_FINITE -> RefusalReason.LOSS_NOT_FINITE;
          };
      return Lesson.refused(reason, refused.detail(), figures);
    }
    state.advance();
    int drifted = outcome instanceof StepOutcome.Updated updated ? updated.dropped() : 0;
    return new Lesson(true, "", "", figures, dropped(stale, drifted));
  }

  private static Map<String, Long> dropped(int stale, int drifted) {
    Map<String, Long> dropped = new TreeMap<>();
    if (stale > 0) {
      dropped.put(STALE, (long) stale);
    }
    if (drifted > 0) {
      dropped.put(DRIFTED, (long) drifted);
    }
    return dropped;
  }

  private static Map<String, Double> rewards(Minibatch minibatch) {
    Map<String, Double> figures = new TreeMap<>();
    figures.put(
        "reward",
        minibatch.getGroups().stream()
            .flatMap(group -> group.getMembers().stream())
            .mapToDouble(GroupMember::getReward)
            .average()
            .orElse(0));
    figures.put("groups", (double) minibatch.getGroups().size());
    figures.put("flat_groups", (double) minibatch.getFlatGroups());
    return figures;
  }
}
