package io.searchloop.streams;

import java.util.Map;

/**
 * What a worker does and has done.
 *
 * @param activeVersion release that serves; -1 for none
 * @param step trainer step of it
 * @param lineage lineage it serves in
 * @param referenceVersion warm start that serves the reference arm; -1 for none
 * @param catalogueEpoch epoch that is searched; -1 for none
 * @param requests answers given
 * @param failures answers with a server error
 * @param decisions decisions by arm
 * @param fallbacks queries answered without a rewrite although their arm rewrites, by reason
 * @param signalLost records that never reached Kafka, by topic
 * @param swaps releases put to work in the active slot
 */
public record WorkerStatus(
    long activeVersion,
    long step,
    long lineage,
    long referenceVersion,
    long catalogueEpoch,
    long requests,
    long failures,
    Map<String, Long> decisions,
    Map<String, Long> fallbacks,
    Map<String, Long> signalLost,
    long swaps) {
  public WorkerStatus {
    decisions = Map.copyOf(decisions);
    fallbacks = Map.copyOf(fallbacks);
    signalLost = Map.copyOf(signalLost);
  }
}
