package io.searchloop.jobs.attribution;

import io.searchloop.jobs.state.StateCodec;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.state.RolloutOrigin;
import io.searchloop.schemas.state.SearchOrigin;
import io.searchloop.schemas.state.SearchPage;
import io.searchloop.schemas.state.SearchState;
import java.nio.ByteBuffer;

/**
 * What a search carries along as bytes, and most looks at it need not read: where it came from, and
 * its page. One thread.
 */
final class SearchDetails {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final StateCodec<SearchOrigin> origins = StateCodec.ofOrigins();
  private final StateCodec<SearchPage> pages = StateCodec.ofPages();

  /** What its tuples carry. */
  SearchOrigin origin(SearchState search) {
    return origins.read(search.getOrigin());
  }

  static boolean hasPage(SearchState search) {
    return search.getPage().hasRemaining();
  }

  /** Its page, which must be there. */
  SearchPage page(SearchState search) {
    return pages.read(search.getPage());
  }

  /** Keeps of the page what prices depend on: all of it would be most of the state. */
  static void dropUnlessPriced(SearchState search, RewardConfig config) {
    if (search.getSilent() || search.getPageMode() || !config.getPositionCorrection()) {
      search.setExamination(NOTHING);
    }
    if (search.getSilent() || !(search.getPageMode() || config.getHitrate() != 0)) {
      search.setPage(NOTHING);
    }
  }

  /** Drops what only base tuples carry, which are out. */
  void compact(SearchState search, SearchOrigin origin) {
    origin.setQuery("");
    origin.setPromptTokens(NOTHING);
    for (RolloutOrigin rollout : origin.getRollouts()) {
      rollout.setTokenIds(NOTHING);
      rollout.setLogProbs(NOTHING);
    }
    search.setOrigin(ByteBuffer.wrap(origins.write(origin)));
    search.getRollouts().forEach(rollout -> rollout.getTerms().clear());
  }
}
