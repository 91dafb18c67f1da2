package io.searchloop.learning.credit;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import io.searchloop.search.merging.MultileavedPage;
import java.util.List;
import java.util.stream.IntStream;

/** Merged pages as a worker logs them. */
final class Pages {
  private Pages() {}

  static Decision decision(MultileavedPage page) {
    List<Candidate> candidates =
        IntStream.range(0, page.lists())
            .mapToObj(
                list ->
                    Candidate.newBuilder()
                        .setRolloutId("q#" + list)
                        .setRanks(Packed.ints(page.ranks(list)))
                        .build())
            .toList();
    return Decision.newBuilder()
        .setQueryId("q")
        .setMode(DecisionMode.MULTILEAVED)
        .setCandidates(candidates)
        .setPage(page.products())
        .setQueryRanks(Packed.ints(page.typedRanks()))
        .setExamination(Packed.floats(page.examination().toFloats()))
        .setExposure(Packed.floats(page.exposure()))
        .build();
  }
}
