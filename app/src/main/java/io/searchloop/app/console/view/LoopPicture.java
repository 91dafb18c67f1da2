package io.searchloop.app.console.view;

import io.searchloop.policy.control.PolicyHead;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The loop as it is now.
 *
 * @param at when it was looked at
 * @param silentSeconds how long Kafka has not answered; 0 when it does
 * @param stages in the order of the flow
 * @param head what the control log adds up to
 * @param newestVersion newest release or refusal; -1 for none
 * @param served share of the last ten seconds' searches by policy version; -1 is no policy
 * @param recent reward per search by arm over the last two minutes
 * @param learning figures of the last optimiser step; empty before the first
 * @param step trainer step of them; null before the first
 * @param deadLetters dead letters since the console began to read, and those of the day before
 * @param undecodable records that the console could not read, by topic
 * @param forgottenCorrections corrections of searches older than the console remembers
 */
public record LoopPicture(
    Instant at,
    long silentSeconds,
    List<Stage> stages,
    PolicyHead head,
    long newestVersion,
    Map<Long, Double> served,
    Map<String, MeanFigures> recent,
    Map<String, Double> learning,
    @Nullable Long step,
    long deadLetters,
    Map<String, Long> undecodable,
    long forgottenCorrections) {
  /** Copies the collections. */
  public LoopPicture {
    stages = List.copyOf(stages);
    served = Map.copyOf(served);
    recent = Map.copyOf(recent);
    learning = Map.copyOf(learning);
    undecodable = Map.copyOf(undecodable);
  }
}
