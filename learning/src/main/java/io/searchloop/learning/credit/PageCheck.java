package io.searchloop.learning.credit;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.json.FieldFault;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a multileaved decision that can be credited from one that cannot. A page that found nothing
 * is sound: every rollout earns 0 on it.
 */
final class PageCheck {
  private PageCheck() {}

  /** The first fault, as found, expected, remedy. */
  static Optional<String> invalid(Decision decision) {
    if (decision.getMode() != DecisionMode.MULTILEAVED) {
      return fault(
          decision, "mode is " + decision.getMode(), "MULTILEAVED", "Credit only merged pages.");
    }
    return rollouts(decision)
        .or(() -> ranks(decision))
        .or(() -> examination(decision))
        .or(() -> exposure(decision));
  }

  private static Optional<String> rollouts(Decision decision) {
    List<Candidate> candidates = decision.getCandidates();
    if (candidates.isEmpty()) {
      return fault(decision, "no candidates", "one for each merged list", "Write all of them.");
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < candidates.size(); i++) {
      String id = candidates.get(i).getRolloutId();
      if (id.isEmpty() || !ids.add(id)) {
        return fault(
            decision,
            "rollout_id of candidate " + i + " is " + FieldFault.quoted(id),
            "one that is neither empty nor another candidate's",
            "Name rollouts query_id#i.");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ranks(Decision decision) {
    int products = decision.getPage().size();
    for (int i = 0; i < decision.getCandidates().size(); i++) {
      ByteBuffer packed = decision.getCandidates().get(i).getRanks();
      if (packed.remaining() != products * Integer.BYTES) {
        return length(decision, "ranks of candidate " + i, packed);
      }
      for (int rank : Packed.ints(packed)) {
        if (rank < 0) {
          return fault(
              decision,
              "ranks of candidate " + i + " hold " + rank,
              "ranks from one, or 0 for an absent product",
              "Count ranks from one.");
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> examination(Decision decision) {
    ByteBuffer packed = decision.getExamination();
    if (!packed.hasRemaining() || packed.remaining() % Float.BYTES != 0) {
      return fault(
          decision,
          "examination has " + packed.remaining() + " bytes",
          "a probability of 4 bytes for each position, at least one",
          "Write the curve that the exposure was computed with.");
    }
    for (float probability : Packed.floats(packed)) {
      if (!(probability >= 0 && probability <= 1)) {
        return fault(
            decision,
            "examination holds " + probability,
            "probabilities from 0 to 1",
            "Divide the curve by its greatest value.");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> exposure(Decision decision) {
    ByteBuffer packed = decision.getExposure();
    if (packed.remaining() != decision.getPage().size() * Float.BYTES) {
      return length(decision, "exposure", packed);
    }
    for (float exposure : Packed.floats(packed)) {
      if (!(exposure > 0 && exposure < Float.POSITIVE_INFINITY)) {
        return fault(
            decision,
            "exposure holds " + exposure,
            "numbers above 0",
            "Truncate the lists so that every product can be shown.");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> length(Decision decision, String field, ByteBuffer packed) {
    return fault(
        decision,
        field + " has " + packed.remaining() + " bytes",
        "4 for each of the " + decision.getPage().size() + " products of the page",
        "Write ranks, exposure and page of one merge.");
  }

  private static Optional<String> fault(
      Decision decision, String found, String expected, String remedy) {
    return Optional.of(
        "Multileaved decision %s: %s, expected %s. %s"
            .formatted(FieldFault.quoted(decision.getQueryId()), found, expected, remedy));
  }
}
