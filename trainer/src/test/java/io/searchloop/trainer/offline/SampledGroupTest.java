package io.searchloop.trainer.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.learning.preference.PairLevels;
import io.searchloop.trainer.loss.TrainingOrder;
import io.searchloop.trainer.loss.TrainingPair;
import io.searchloop.trainer.sampling.Answer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampledGroupTest {
  private static final int[] PROMPT = {1, 2};

  @Test
  void pairsNeighboursInReward() {
    assertThat(group(.5, 0, .5, 1).pairs(PairLevels.ADJACENT))
        .extracting(SampledGroupTest::answers)
        .containsExactly("3>0", "0>1");
  }

  @Test
  void pairsEveryTwoLevels() {
    assertThat(group(.5, 0, .5, 1).pairs(PairLevels.ALL))
        .extracting(SampledGroupTest::answers)
        .containsExactly("3>0", "3>1", "0>1");
  }

  @Test
  void ordersAllAnswersByReward() {
    TrainingOrder order = group(.5, 0, .5, 1).order();

    assertThat(order.answers()).extracting(answer -> answer[0]).containsExactly(3, 0, 2, 1);
    assertThat(order.levels()).containsExactly(0, 1, 1, 2);
  }

  @Test
  void equalRewardsHaveNoPairs() {
    assertThat(group(1, 1, 1).flat()).isTrue();
    assertThat(group(1, 1, 1).pairs(PairLevels.ALL)).isEmpty();
  }

  @Test
  void answersThatNobodyCouldScoreAreLeftOutNotCountedZero() {
    SampledGroup group = group(.5, Feedback.MISSING, 1);

    assertThat(group.order().answers()).extracting(answer -> answer[0]).containsExactly(2, 0);
    assertThat(group.rollouts(1)).hasSize(2);
    assertThat(GroupFigures.of(List.of(group)))
        .containsEntry("reward", .75)
        .containsEntry("missing_scores", 1 / 3.0);
  }

  @Test
  void aGroupOfOneScoreOrNoneTeachesNothing() {
    SampledGroup none = group(Feedback.MISSING, Feedback.MISSING);

    assertThat(group(Feedback.MISSING, 1).flat()).isTrue();
    assertThat(none.flat()).isTrue();
    assertThat(GroupFigures.of(List.of(none)))
        .containsEntry("missing_scores", 1.0)
        .doesNotContainKey("reward");
  }

  @Test
  void answersThatNobodyCouldScoreAreAsValidAndAsLongAsTheyAre() {
    List<Answer> answers = answers(3);
    List<Feedback.Proposal> proposals =
        List.of(
            new Feedback.Proposal(List.of("y"), 2),
            new Feedback.Proposal(List.of("z"), 4),
            new Feedback.Proposal(List.of(), 6));
    Feedback.Scores down =
        new Feedback.Scores(List.of(Feedback.MISSING, Feedback.MISSING, -1.0), Feedback.MISSING);

    SampledGroup group = SampledGroup.of(PROMPT, answers, proposals, down);

    assertThat(GroupFigures.of(List.of(group)))
        .containsEntry("validity", 2 / 3.0)
        .containsEntry("answer_tokens", 4.0)
        .containsEntry("reward", -1.0)
        .doesNotContainKey("identity_reward");
  }

  private static SampledGroup group(double... rewards) {
    List<Answer> answers = answers(rewards.length);
    List<Feedback.Proposal> proposals =
        answers.stream().map(answer -> new Feedback.Proposal(List.of("y"), 1)).toList();
    return SampledGroup.of(
        PROMPT,
        answers,
        proposals,
        new Feedback.Scores(
            IntStream.range(0, rewards.length).mapToObj(i -> rewards[i]).toList(), 0));
  }

  private static List<Answer> answers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Answer(new int[] {i}, new float[] {-1}))
        .toList();
  }

  private static String answers(TrainingPair pair) {
    return pair.preferred()[0] + ">" + pair.rejected()[0];
  }
}
