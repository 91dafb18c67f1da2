package io.searchloop.trainer.offline;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a step's samples say before any weight moves. */
final class GroupFigures {
  private GroupFigures() {}

  /**
   * Means over all answers of a step: {@code reward}, {@code identity_reward}, {@code validity},
   * {@code answer_tokens}; {@code flat_groups}, the share of groups that teach nothing; and {@code
   * missing_scores}, the share of answers that nobody could score, which the other means leave out.
   */
  static Map<String, Double> of(List<SampledGroup> groups) {
    double rewards = 0;
    double identity = 0;
    int compared = 0;
    int valid = 0;
    int tokens = 0;
    int flat = 0;
    int answers = 0;
    int missing = 0;
    for (SampledGroup group : groups) {
      for (double reward : group.scores().rewards()) {
        rewards += reward;
      }
      for (Feedback.Proposal proposal : group.proposals()) {
        valid += proposal.valid() ? 1 : 0;
        tokens += proposal.tokens();
      }
      if (!Double.isNaN(group.scores().identity())) {
        identity += group.scores().identity();
        compared++;
      }
      flat += group.flat() ? 1 : 0;
      answers += group.answers().size();
      missing += group.missing();
    }
    Map<String, Double> figures = new TreeMap<>();
    if (answers > 0) {
      figures.put("reward", rewards / answers);
      figures.put("validity", valid / (double) answers);
      figures.put("answer_tokens", tokens / (double) answers);
    }
    if (compared > 0) {
      figures.put("identity_reward", identity / compared);
    }
    figures.put("missing_scores", missing / (double) (answers + missing));
    figures.put("flat_groups", flat / (double) groups.size());
    return figures;
  }
}
