package io.searchloop.trainer.loss;

import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.ResponseScorer;
import io.searchloop.trainer.network.ResponseScores;
import io.searchloop.trainer.network.SequenceBatch;
import io.searchloop.trainer.network.Tensors;
import io.searchloop.trainer.network.TokenMask;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * One optimiser step from plain Java: score under current and reference policy, judge divergence,
 * loss, gradient, AdamW. The only place where losses meet networks.
 *
 * <p>A step sees its weights once, so {@code l_prox} is {@code l_theta} without gradient and the
 * ratio starts at one: what moves is its gradient, what corrects is the off-policy weight. Refused
 * steps leave every weight as it was. Borrows networks, optimiser and mask. Thread owner: the
 * trainer thread.
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
  public StepOutcome pairs(List<TrainingPair> pairs) {
    try (PointerScope scope = new PointerScope()) {
      List<int[]> prompts = pairs.stream().map(TrainingPair::prompt).toList();
      SequenceBatch preferred =
          SequenceBatch.of(prompts, pairs.stream().map(TrainingPair::preferred).toList());
      SequenceBatch rejected =
          SequenceBatch.of(prompts, pairs.stream().map(TrainingPair::rejected).toList());
      double[] flips = pairs.stream().mapToDouble(TrainingPair::flipProbability).toArray();
      PreferenceInputs inputs =
          new PreferenceInputs(
              scorer.score(network, preferred).sequenceLogProbs(),
              scorer.score(network, rejected).sequenceLogProbs(),
              scorer.scoreFrozen(reference, preferred).sequenceLogProbs(),
              scorer.scoreFrozen(reference, rejected).sequenceLogProbs(),
              Tensors.ofFloats(flips, flips.length));
      return apply(settings.preferenceLoss().compute(inputs), new TreeMap<>(), 0);
    }
  }

  /** Learns from partial orders. */
  public StepOutcome orders(List<TrainingOrder> orders) {
    try (PointerScope scope = new PointerScope()) {
      SequenceBatch batch =
          SequenceBatch.of(PartialOrderInputs.prompts(orders), PartialOrderInputs.answers(orders));
      Tensor scores =
          scorer
              .score(network, batch)
              .sequenceLogProbs()
              .div(PartialOrderInputs.lengths(orders)); // (M)
      return apply(
          settings.orderLoss().compute(PartialOrderInputs.of(scores, orders)), new TreeMap<>(), 0);
    }
  }

  private StepOutcome learn(
      List<TrainingRollout> rollouts, long currentStep, Function<LossInputs, LossOutputs> loss) {
    try (PointerScope scope = new PointerScope()) {
      SequenceBatch batch = batch(rollouts);
      ResponseScores current = scorer.score(network, batch);
      LogRatios ratios = LogRatios.of(rollouts, Tensors.toDoubles(current.logProbs()));
      Map<String, Double> figures = ratios.figures(currentStep);
      if (!ratios.finite()) {
        return new StepOutcome.Refused(
            StepOutcome.Cause.NOT_FINITE, "a log-probability is not finite", figures);
      }
      DivergenceBounds.Judgement judgement =
          ratios.judge(settings.bounds(), settings.policyLoss().weightCap());
      figures.put("ess", judgement.effectiveShare());
      figures.put("mean_square_log_ratio", judgement.meanSquare());
      if (!judgement.problem().isEmpty()) {
        return new StepOutcome.Refused(StepOutcome.Cause.DIVERGED, judgement.problem(), figures);
      }
      Rows rows = new Rows(judgement.kept());
      figures.put("entropy", rows.mean(current.entropy(), batch.floatMask()));
      return apply(
          loss.apply(rows.inputs(rollouts, batch, current, reference(batch))),
          figures,
          judgement.drifted());
    }
  }

  private Tensor reference(SequenceBatch batch) {
    return scorer.scoreFrozen(reference, batch).logProbs();
  }

  private StepOutcome apply(LossOutputs loss, Map<String, Double> figures, int dropped) {
    figures.putAll(loss.figures());
    if (!Double.isFinite(loss.figure("loss"))) {
      return new StepOutcome.Refused(
          StepOutcome.Cause.NOT_FINITE, "loss is " + loss.figure("loss"), figures);
    }
    loss.backward();
    double norm = optimizer.step(settings.learningRate(), settings.maxGradientNorm());
    figures.put("grad_norm", norm);
    if (!Double.isFinite(norm)) {
      return new StepOutcome.Refused(
          StepOutcome.Cause.NOT_FINITE, "gradient norm is " + norm, figures);
    }
    return new StepOutcome.Updated(figures, dropped);
  }

  private static SequenceBatch batch(List<TrainingRollout> rollouts) {
    return SequenceBatch.of(
        rollouts.stream().map(TrainingRollout::prompt).toList(),
        rollouts.stream().map(TrainingRollout::answer).toList());
  }

  /** The sequences that are learned from. */
  private record Rows(List<Integer> kept) {

    LossInputs inputs(
        List<TrainingRollout> rollouts,
        SequenceBatch batch,
        ResponseScores current,
        Tensor reference) {
      List<TrainingRollout> members = kept.stream().map(rollouts::get).toList();
      double[] behaviour =
          members.stream().mapToDouble(TrainingRollout::behaviourLogProb).toArray();
      double[] advantages = members.stream().mapToDouble(TrainingRollout::advantage).toArray();
      Tensor logProbs = of(current.logProbs());
      return new LossInputs(
          logProbs,
          logProbs.detach(),
          Tensors.ofFloats(behaviour, behaviour.length),
          of(reference),
          of(batch.floatMask()),
          Tensors.ofFloats(advantages, advantages.length));
    }

    double mean(Tensor values, Tensor mask) {
      return Figures.maskedMean(of(values), of(mask));
    }

    private Tensor of(Tensor tensor) {
      long[] indices = kept.stream().mapToLong(Integer::longValue).toArray();
      return tensor.index_select(0, Tensors.ofLongs(indices, indices.length));
    }
  }
}
