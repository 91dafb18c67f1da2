package io.searchloop.streams.page;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.merging.ExaminationCurve;
import io.searchloop.search.merging.ExposureModel;
import io.searchloop.search.merging.MultileavedPage;
import io.searchloop.search.merging.TeamDraftMultileaver;
import io.searchloop.streams.decision.Arm;
import io.searchloop.streams.decision.Choice;
import io.searchloop.streams.metrics.ServingMetrics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Shows all candidates of a query on one page, and logs what a click is worth to each: ranks,
 * examination, exposure (docs/attribution.md, "Multileaved pages"; docs/adr/0014). The query
 * without a rewrite takes part as the last candidate, which is never trained on.
 *
 * <p>Example: four rollouts on a page of ten, two of which find the same products, are four lists
 * with the typed one; the first two products of each compete, the rest of the page is filled.
 *
 * <p>Shows one of the candidates instead, and counts why, when retrieving every list would miss the
 * deadline, or when there are more lists than the page has places. Any thread.
 */
public final class PageMerger {
  private final ExposureModel exposures;
  private final ServingMetrics metrics;

  /**
   * @param examination probability that a shopper examines each position
   */
  public PageMerger(ExaminationCurve examination, ServingMetrics metrics) {
    this.exposures = new ExposureModel(examination);
    this.metrics = metrics;
  }

  /** The merged page; empty, and counted, when there is none. */
  Optional<ShownPage> merge(Choice.Merge choice, Retrieval retrieval) {
    if (retrieval.limit() > TeamDraftMultileaver.MOST_POSITIONS) {
      return failed("page_too_long");
    }
    Optional<CandidateLists> retrieved = CandidateLists.retrieve(choice, retrieval);
    if (retrieved.isEmpty()) {
      return failed("deadline");
    }
    CandidateLists lists = retrieved.get();
    if (lists.teams() > Math.min(retrieval.limit(), TeamDraftMultileaver.MOST_TEAMS)) {
      return failed("too_many_lists");
    }
    metrics.multileaved("merged");
    return Optional.of(page(choice, lists, retrieval.limit()));
  }

  private ShownPage page(Choice.Merge choice, CandidateLists lists, int limit) {
    MultileavedPage page =
        new TeamDraftMultileaver(limit, exposures)
            .draft(lists.typed(), lists.rewritten())
            .page(choice.mergeSeed());
    List<Hit> hits = page.products().stream().map(id -> new Hit(id, lists.bestScore(id))).toList();
    Decision decision = decision(choice, lists, page);
    return new ShownPage(decision, Optional.empty(), hits, lists.mostHits());
  }

  private static Decision decision(
      Choice.Merge choice, CandidateLists lists, MultileavedPage page) {
    Decision assigned = choice.instead().decision();
    List<Candidate> candidates = candidates(assigned, lists, page);
    return Decision.newBuilder(assigned)
        .setMode(DecisionMode.MULTILEAVED)
        .setArm(Arm.MULTILEAVED)
        .setCandidates(candidates)
        .setServed(IntStream.range(0, candidates.size()).boxed().toList())
        .setAssignmentPropensity(1)
        .setMergeSeed(choice.mergeSeed())
        .setPage(page.products())
        .setQueryRanks(Packed.ints(page.typedRanks()))
        .setExamination(Packed.floats(page.examination().toFloats()))
        .setExposure(Packed.floats(page.exposure()))
        .build();
  }

  /** The rollouts, then the query without a rewrite. */
  private static List<Candidate> candidates(
      Decision assigned, CandidateLists lists, MultileavedPage page) {
    List<Candidate> candidates = new ArrayList<>();
    for (Candidate rollout : assigned.getCandidates()) {
      int team = lists.team(candidates.size());
      candidates.add(Candidate.newBuilder(rollout).setRanks(Packed.ints(page.ranks(team))).build());
    }
    candidates.add(
        Candidate.newBuilder()
            .setRolloutId(assigned.getQueryId() + '#' + candidates.size())
            .setRewrite(assigned.getQuery())
            .setTokenIds(ByteBuffer.allocate(0))
            .setLogProbs(ByteBuffer.allocate(0))
            .setTrainable(false)
            .setValid(true)
            .setRanks(Packed.ints(page.ranks(lists.typedTeam())))
            .build());
    return candidates;
  }

  private Optional<ShownPage> failed(String reason) {
    metrics.multileaved(reason);
    return Optional.empty();
  }
}
