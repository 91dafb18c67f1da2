package io.searchloop.trainer.intake;

import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PartialOrder;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.trainer.loss.TrainingOrder;
import io.searchloop.trainer.loss.TrainingPair;
import io.searchloop.trainer.loss.TrainingRollout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records to what an optimiser step takes, checked member by member against the rewrite format: a
 * token that could not have been sampled would poison every ratio. Immutable.
 */
public final class MinibatchReader {
  private static final double MOST_DOUBT = .5;

  private final RewriteFormat format;

  public MinibatchReader(RewriteFormat format) {
    this.format = format;
  }

  /**
   * Members of all groups.
   *
   * @throws MinibatchRefusedException when one of them cannot be learned from
   */
  public List<TrainingRollout> rollouts(Minibatch minibatch) {
    List<TrainingRollout> rollouts = new ArrayList<>();
    for (RolloutGroup group : minibatch.getGroups()) {
      int[] prompt = prompt(group.getPromptTokens(), group.getGroupId());
      for (GroupMember member : group.getMembers()) {
        rollouts.add(
            new TrainingRollout(
                prompt,
                answer(member),
                logProbs(member),
                finite(member.getAdvantage(), "advantage", member),
                member.getStep()));
      }
    }
    return notEmpty(rollouts);
  }

  /**
   * All pairs.
   *
   * @throws MinibatchRefusedException when one of them cannot be learned from
   */
  public List<TrainingPair> pairs(Minibatch minibatch) {
    return notEmpty(readPairs(minibatch));
  }

  /**
   * All partial orders, and all pairs as orders of two.
   *
   * @throws MinibatchRefusedException when one of them cannot be learned from
   */
  public List<TrainingOrder> orders(Minibatch minibatch) {
    List<TrainingOrder> orders = new ArrayList<>();
    for (PartialOrder order : minibatch.getOrders()) {
      int[] prompt = prompt(order.getPromptTokens(), order.getOrderId());
      List<int[]> answers = order.getMembers().stream().map(this::answer).toList();
      int[] levels = ints(order.getLevels(), order.getOrderId());
      try {
        orders.add(new TrainingOrder(prompt, answers, levels));
      } catch (IllegalArgumentException e) {
        throw malformed(order.getOrderId() + ": " + e.getMessage());
      }
    }
    readPairs(minibatch).forEach(pair -> orders.add(TrainingOrder.of(pair)));
    return notEmpty(orders);
  }

  private List<TrainingPair> readPairs(Minibatch minibatch) {
    List<TrainingPair> pairs = new ArrayList<>();
    for (PreferencePair pair : minibatch.getPairs()) {
      double flip = finite(pair.getFlipProbability(), "flip_probability", pair.getPreferred());
      if (flip < 0 || flip >= MOST_DOUBT) {
        throw malformed(
            "pair " + pair.getPairId() + ": flip_probability " + flip + ", expected in [0, .5)");
      }
      pairs.add(
          new TrainingPair(
              prompt(pair.getPromptTokens(), pair.getPairId()),
              answer(pair.getPreferred()),
              answer(pair.getRejected()),
              flip));
    }
    return pairs;
  }

  private int[] prompt(ByteBuffer packed, String id) {
    int[] prompt = ints(packed, id);
    int vocabulary = format.tokenizer().vocabularySize();
    boolean inVocabulary = true;
    for (int token : prompt) {
      inVocabulary &= token >= 0 && token < vocabulary;
    }
    if (prompt.length == 0 || prompt.length > format.maxPromptTokens() || !inVocabulary) {
      throw malformed(
          id
              + ": prompt of "
              + prompt.length
              + " tokens, expected 1 to "
              + format.maxPromptTokens()
              + " of a vocabulary of "
              + vocabulary);
    }
    return prompt;
  }

  private int[] answer(GroupMember member) {
    int[] answer = ints(member.getTokenIds(), member.getRolloutId());
    int vocabulary = format.tokenizer().vocabularySize();
    boolean allowed =
        answer.length > 0
            && answer.length <= format.maxRewriteTokens()
            && Arrays.stream(answer).allMatch(token -> token >= 0 && token < vocabulary)
            && format.grammar().accepts(answer);
    if (!allowed) {
      throw malformed(
          member.getRolloutId()
              + ": "
              + answer.length
              + " answer tokens that break the rewrite format. Was it sampled under another"
              + " tokenizer?");
    }
    return answer;
  }

  private static float[] logProbs(GroupMember member) {
    if (member.getLogProbs().remaining() != member.getTokenIds().remaining()) {
      throw malformed(
          member.getRolloutId()
              + ": "
              + member.getLogProbs().remaining() / Float.BYTES
              + " log-probabilities, expected one for each token");
    }
    float[] logProbs = Packed.floats(member.getLogProbs());
    for (float logProb : logProbs) {
      finite(logProb, "log-probability", member);
    }
    return logProbs;
  }

  private static double finite(double value, String what, GroupMember member) {
    if (!Double.isFinite(value)) {
      throw new MinibatchRefusedException(
          RefusalReason.NOT_FINITE, member.getRolloutId() + ": " + what + " is " + value);
    }
    return value;
  }

  private static int[] ints(ByteBuffer packed, String id) {
    try {
      return Packed.ints(packed);
    } catch (IllegalArgumentException e) {
      throw malformed(id + ": " + e.getMessage());
    }
  }

  private static <T> List<T> notEmpty(List<T> members) {
    if (members.isEmpty()) {
      throw new MinibatchRefusedException(
          RefusalReason.EMPTY, "no member in it, expected at least one");
    }
    return members;
  }

  private static MinibatchRefusedException malformed(String detail) {
    return new MinibatchRefusedException(RefusalReason.MALFORMED, detail);
  }
}
