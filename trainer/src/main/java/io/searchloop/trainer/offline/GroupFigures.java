package io.searchloop.trainer.offline;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a step's samples say before any weight moves. */
final class GroupFigures {
  private GroupFigures() {}

  /**
   * Over all answers of a step {@code validity}, {@code answer_tokens} and {@code missing_scores},
   * the share that nobody could score; {@code reward} over those that somebody could, and {@code
   * identity_reward} likewise, neither where there is none; {@code flat_groups}, the share of
   * groups that teach nothing.
   */
  static Map<String, Double> of(List<SampledGroup> groups) {
    double rewards = 0;
    double identity = 0;
    int compared = 0;
    int valid = 0;
    int tokens = 0;
    int flat = 0;
    int sampled = 0;
    int scored = 0;
    for (SampledGroup group : groups) {
      for (double reward : group.scores().rewards()) {
        rewards += reward;
      }
      for (Feedback.Proposal proposal : group.sampled()) {
        valid += proposal.valid() ? 1 : 0;
        tokens += proposal.tokens();
      }
      if (!Double.isNaN(group.scores().identity())) {
        identity += group.scores().identity();
        compared++;
      }
      flat += group.flat() ? 1 : 0;
      sampled += group.sampled().size();
      scored += group.answers().size();
    }
    Map<String, Double> figures = new TreeMap<>();
    if (scored > 0) {
      figures.put("reward", rewards / scored);
    }
    if (compared > 0) {
      figures.put("identity_reward", identity / compared);
    }
    figures.put("validity", valid / (double) sampled);
    figures.put("answer_tokens", tokens / (double) sampled);
    figures.put("missing_scores", (sampled - scored) / (double) sampled);
    figures.put("flat_groups", flat / (double) groups.size());
    return figures;
  }
}
