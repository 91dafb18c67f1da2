package io.searchloop.streams.decision;

import io.searchloop.schemas.Decision;
import io.searchloop.streams.inference.Deadline;
import java.util.Optional;

/** What a query became, before anything is retrieved. */
public sealed interface Choice {

  /** The single list to show; for a merge, what to show when there is no time to merge. */
  OneList oneList();

  /** What is still to be sampled once the shopper has the page. */
  default Optional<EngineOnlySearch> unseen() {
    return Optional.empty();
  }

  /**
   * One list is shown.
   *
   * @param decision the record to log
   * @param rewrite the rewrite to search with; empty to search without one
   */
  record OneList(Decision decision, Optional<String> rewrite) implements Choice {
    @Override
    public OneList oneList() {
      return this;
    }
  }

  /**
   * The lists of all candidates and of the query without a rewrite are merged.
   *
   * @param instead shows one of the same candidates, drawn uniformly
   * @param mergeSeed seed of the merge, drawn for this request
   * @param deadline after which a merge is not worth waiting for
   */
  record Merge(OneList instead, long mergeSeed, Deadline deadline) implements Choice {
    @Override
    public OneList oneList() {
      return instead;
    }
  }

  /**
   * One list is shown, and the release on trial is sampled for the same query.
   *
   * @param shown what the shopper sees
   * @param search what to sample afterwards
   */
  record Shadowed(OneList shown, EngineOnlySearch search) implements Choice {
    @Override
    public OneList oneList() {
      return shown;
    }

    @Override
    public Optional<EngineOnlySearch> unseen() {
      return Optional.of(search);
    }
  }

  /**
   * The query is answered without a rewrite, and candidates are sampled for the engine alone.
   *
   * @param shown what the shopper sees
   * @param search what to sample afterwards
   */
  record EngineOnly(OneList shown, EngineOnlySearch search) implements Choice {
    @Override
    public OneList oneList() {
      return shown;
    }

    @Override
    public Optional<EngineOnlySearch> unseen() {
      return Optional.of(search);
    }
  }
}
