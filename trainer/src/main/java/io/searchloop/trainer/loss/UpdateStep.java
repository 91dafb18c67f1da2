package io.searchloop.trainer.loss;

import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.ResponseScorer;
import io.searchloop.trainer.network.SequenceBatch;
import io.searchloop.trainer.network.Tensors;
import io.searchloop.trainer.network.TokenMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * One optimiser step from plain Java: score under current and reference policy, judge divergence,
 * loss, gradient, AdamW. The only place where losses meet networks.
 *
 * <p>A step sees its weights once, so {@code l_prox} is {@code l_theta} without gradient and the
 * ratio starts at one: what moves is its gradient, what corrects is the off-policy weight. Refused
 * steps leave every weight as it was. The learning rate follows the trainer's step, not the
 * optimiser's updates: those begin again where a lost checkpoint was rebuilt. Borrows networks,
 * optimiser and mask. Thread owner: the trainer thread.
 */
public final class UpdateStep {
  private final PolicyNetwork network;
  private final PolicyNetwork reference;
  private final AdamOptimizer optimizer;
  private final ResponseScorer scorer;
  private final UpdateSettings settings;

  public UpdateStep(
      PolicyNetwork network,
      PolicyNetwork reference,
      AdamOptimizer optimizer,
      TokenMask mask,
      UpdateSettings settings) {
    this.network = network;
    this.reference = reference;
    this.optimizer = optimizer;
    this.scorer = new ResponseScorer(settings.temperature(), mask);
    this.settings = settings;
  }

  /**
   * Learns from groups.
   *
   * @param rollouts members of all groups, advantages computed
   * @param currentStep trainer step of the current weights; rollouts of the same step must have the
   *     trainer's own log-probabilities, which {@code logprob_gap} shows
   */
  public StepOutcome groups(List<TrainingRollout> rollouts, long currentStep) {
    return learn(rollouts, currentStep, settings.policyLoss()::compute);
  }

  /** Learns from changed advantages of earlier groups. */
  public StepOutcome corrections(List<TrainingRollout> rollouts, long currentStep) {
    return learn(rollouts, currentStep, CorrectionLoss.to(settings.policyLoss())::compute);
  }

  /** Learns from pairs. */
  public StepOutcome pairs(List<TrainingPair> pairs, long currentStep) {
    AccumulatedGradient gradient = new AccumulatedGradient(optimizer);
    for (List<TrainingPair> part : settings.microBatches().split(pairs, TrainingPair::tokens)) {
      gradient.add(
          part.size() / (double) pairs.size(),
          () -> settings.preferenceLoss().compute(inputs(part)));
    }
    return apply(gradient, currentStep, new TreeMap<>(), 0);
  }

  /** Both answers of a pair share its prompt, so they are scored in one batch. */
  private PreferenceInputs inputs(List<TrainingPair> pairs) {
    List<int[]> prompts = new ArrayList<>();
    List<int[]> answers = new ArrayList<>();
    for (TrainingPair pair : pairs) {
      prompts.add(pair.prompt());
      answers.add(pair.preferred());
    }
    for (TrainingPair pair : pairs) {
      prompts.add(pair.prompt());
      answers.add(pair.rejected());
    }
    SequenceBatch batch = SequenceBatch.of(prompts, answers);
    Tensor current = scorer.score(network, batch).sequenceLogProbs();
    Tensor anchor = scorer.scoreFrozen(reference, batch).sequenceLogProbs();
    double[] flips = pairs.stream().mapToDouble(TrainingPair::flipProbability).toArray();
    int count = pairs.size();
    return new PreferenceInputs(
        current.narrow(0, 0, count),
        current.narrow(0, count, count),
        anchor.narrow(0, 0, count),
        anchor.narrow(0, count, count),
        Tensors.ofFloats(flips, flips.length));
  }

  /** Learns from partial orders. */
  public StepOutcome orders(List<TrainingOrder> orders, long currentStep) {
    AccumulatedGradient gradient = new AccumulatedGradient(optimizer);
    for (List<TrainingOrder> part : settings.microBatches().split(orders, TrainingOrder::tokens)) {
      gradient.add(
          part.size() / (double) orders.size(),
          () -> settings.orderLoss().compute(orderInputs(part)));
    }
    return apply(gradient, currentStep, new TreeMap<>(), 0);
  }

  private PartialOrderInputs orderInputs(List<TrainingOrder> orders) {
    SequenceBatch batch =
        SequenceBatch.of(PartialOrderInputs.prompts(orders), PartialOrderInputs.answers(orders));
    Tensor scores = // (M)
        scorer.score(network, batch).sequenceLogProbs().div(PartialOrderInputs.lengths(orders));
    return PartialOrderInputs.of(scores, orders);
  }

  private StepOutcome learn(
      List<TrainingRollout> rollouts, long currentStep, Function<LossInputs, LossOutputs> loss) {
    List<List<TrainingRollout>> parts =
        settings.microBatches().split(rollouts, TrainingRollout::tokens);
    return parts.size() == 1
        ? learnAtOnce(rollouts, currentStep, loss)
        : learnInParts(parts, rollouts, currentStep, loss);
  }

  private StepOutcome learnAtOnce(
      List<TrainingRollout> rollouts, long currentStep, Function<LossInputs, LossOutputs> loss) {
    try (PointerScope scope = new PointerScope()) {
      ScoredRollouts scored = score(rollouts);
      Judged judged = judge(scored.ratios(), currentStep);
      if (judged.refused().isPresent()) {
        return judged.refused().get();
      }
      AccumulatedGradient gradient = new AccumulatedGradient(optimizer);
      gradient.add(1, () -> loss(scored, judged.judgement().kept(), loss));
      return apply(gradient, currentStep, judged.figures(), judged.judgement().drifted());
    }
  }

  /**
   * Divergence is judged on the whole minibatch, so its parts are scored twice: first without
   * gradient to judge, then those that are kept with it.
   */
  private StepOutcome learnInParts(
      List<List<TrainingRollout>> parts,
      List<TrainingRollout> rollouts,
      long currentStep,
      Function<LossInputs, LossOutputs> loss) {
    Judged judged =
        judge(LogRatios.joined(parts.stream().map(this::ratiosOf).toList()), currentStep);
    if (judged.refused().isPresent()) {
      return judged.refused().get();
    }
    List<TrainingRollout> kept = judged.judgement().kept().stream().map(rollouts::get).toList();
    AccumulatedGradient gradient = new AccumulatedGradient(optimizer);
    for (List<TrainingRollout> part :
        settings.microBatches().split(kept, TrainingRollout::tokens)) {
      List<Integer> all = IntStream.range(0, part.size()).boxed().toList();
      gradient.add(share(part, kept), () -> loss(score(part), all, loss));
    }
    return apply(gradient, currentStep, judged.figures(), judged.judgement().drifted());
  }

  private LogRatios ratiosOf(List<TrainingRollout> part) {
    try (PointerScope scope = new PointerScope()) {
      SequenceBatch batch = ScoredRollouts.batch(part);
      return new ScoredRollouts(part, batch, scorer.scoreFrozen(network, batch)).ratios();
    }
  }

  private ScoredRollouts score(List<TrainingRollout> rollouts) {
    SequenceBatch batch = ScoredRollouts.batch(rollouts);
    return new ScoredRollouts(rollouts, batch, scorer.score(network, batch));
  }

  private LossOutputs loss(
      ScoredRollouts scored, List<Integer> kept, Function<LossInputs, LossOutputs> loss) {
    Tensor anchor = scorer.scoreFrozen(reference, scored.batch()).logProbs();
    return loss.apply(scored.inputs(kept, anchor)).with("entropy", scored.entropy(kept));
  }

  /** What the loss is a mean over: tokens or sequences. */
  private double share(List<TrainingRollout> part, List<TrainingRollout> whole) {
    return switch (settings.policyLoss().normalisation()) {
      case DAPO -> answerTokens(part) / answerTokens(whole);
      case GRPO, DR_GRPO, SEQ -> part.size() / (double) whole.size();
    };
  }

  private static double answerTokens(List<TrainingRollout> rollouts) {
    return rollouts.stream().mapToDouble(rollout -> rollout.answer().length).sum();
  }

  /** What of a minibatch may be learned from, or why nothing. */
  private record Judged(
      DivergenceBounds.Judgement judgement,
      Map<String, Double> figures,
      Optional<StepOutcome.Refused> refused) {}

  private Judged judge(LogRatios ratios, long currentStep) {
    Map<String, Double> figures = ratios.figures(currentStep);
    DivergenceBounds.Judgement judgement =
        ratios.judge(settings.bounds(), settings.policyLoss().weightCap());
    if (!ratios.finite()) {
      String detail = "a log-probability is not finite";
      return new Judged(judgement, figures, Optional.of(notFinite(detail, figures)));
    }
    figures.put("ess", judgement.effectiveShare());
    figures.put("mean_square_log_ratio", judgement.meanSquare());
    if (judgement.problem().isEmpty()) {
      return new Judged(judgement, figures, Optional.empty());
    }
    return new Judged(
        judgement,
        figures,
        Optional.of(
            new StepOutcome.Refused(StepOutcome.Cause.DIVERGED, judgement.problem(), figures)));
  }

  private StepOutcome apply(
      AccumulatedGradient gradient, long currentStep, Map<String, Double> figures, int dropped) {
    figures.putAll(gradient.figures());
    if (!gradient.finite()) {
      return notFinite("loss is " + figures.get("loss"), figures);
    }
    double rate = settings.learningRateAt(currentStep);
    double norm = optimizer.step(rate, settings.maxGradientNorm());
    figures.put("learning_rate", rate);
    figures.put("grad_norm", norm);
    if (!Double.isFinite(norm)) {
      return notFinite("gradient norm is " + norm, figures);
    }
    return new StepOutcome.Updated(figures, dropped);
  }

  private static StepOutcome.Refused notFinite(String detail, Map<String, Double> figures) {
    return new StepOutcome.Refused(StepOutcome.Cause.NOT_FINITE, detail, figures);
  }
}
