package io.searchloop.trainer;

import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
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
  private static final String ORDER = "order";

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
      MinibatchKind kind = minibatch.getKind();
      if (kind != MinibatchKind.UNKNOWN && !config.algorithm().learnsFrom(kind)) {
        return otherAlgorithm(kind.toString());
      }
      return switch (kind) {
        case GROUPS, CORRECTIONS -> learnGroups(minibatch);
        case PAIRS -> learnPreferences(minibatch);
        case UNKNOWN ->
            Lesson.refused(RefusalReason.UNKNOWN_KIND, "unknown kind; upgrade", Map.of());
      };
    } catch (MinibatchRefusedException e) {
      return Lesson.refused(e.reason(), String.valueOf(e.getMessage()), Map.of());
    }
  }

  private Lesson learnGroups(Minibatch minibatch) {
    List<TrainingRollout> all = reader.rollouts(minibatch);
    List<TrainingRollout> fresh = fresh(minibatch.getKind(), all);
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
    return lesson(outcome, rewards(minibatch), dropped(Map.of(STALE, all.size() - fresh.size())));
  }

  /**
   * Late outcomes belong to what was trained long ago, and come until the long window ends: how far
   * the policy has moved since is the divergence bounds' to judge.
   */
  private List<TrainingRollout> fresh(MinibatchKind kind, List<TrainingRollout> all) {
    return kind == MinibatchKind.CORRECTIONS
        ? all
        : all.stream().filter(r -> state.step() - r.step() <= config.maxStaleness()).toList();
  }

  /** A loss of pairs needs label noise, which orders do not carry: it leaves them out. */
  private Lesson learnPreferences(Minibatch minibatch) {
    if (config.algorithm().learnsFromOrders()) {
      return lesson(
          update.orders(reader.orders(minibatch), state.step()), new TreeMap<>(), Map.of());
    }
    int orders = minibatch.getOrders().size();
    if (orders > 0 && minibatch.getPairs().isEmpty()) {
      return otherAlgorithm("orders (assembly.orders)");
    }
    return lesson(
        update.pairs(reader.pairs(minibatch), state.step()),
        new TreeMap<>(),
        dropped(Map.of(ORDER, orders)));
  }

  private static Lesson otherAlgorithm(String what) {
    return Lesson.refused(
        RefusalReason.OTHER_ALGORITHM,
        what + " are not learned from under trainer.algorithm",
        Map.of());
  }

  private Lesson lesson(
      StepOutcome outcome, Map<String, Double> figures, Map<String, Long> dropped) {
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
    Map<String, Long> all = new TreeMap<>(dropped);
    if (outcome instanceof StepOutcome.Updated updated) {
      all.putAll(dropped(Map.of(DRIFTED, updated.dropped())));
    }
    return new Lesson(true, "", "", figures, all);
  }

  /** Counts above zero. */
  private static Map<String, Long> dropped(Map<String, Integer> counts) {
    Map<String, Long> dropped = new TreeMap<>();
    counts.forEach(
        (reason, count) -> {
          if (count > 0) {
            dropped.put(reason, (long) count);
          }
        });
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
