package io.searchloop.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.MarketplaceConfig;
import io.searchloop.app.dataset.Split;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.suggest.PastQuery;
import org.junit.jupiter.api.Test;

class PastSearchesTest {
  private final PastSearches searches = new PastSearches();

  @Test
  void countsSearchesOnceAndAddsCorrectionsUp() {
    searches.add(tuple("1", "Drill", 1, TupleOrigin.ASSIGNED));
    searches.add(tuple("1", "Drill", 3, TupleOrigin.ASSIGNED));
    searches.add(tuple("2", "drill ", 0, TupleOrigin.SLATE));
    searches.add(tuple("3", "saw", 0, TupleOrigin.ASSIGNED));

    assertThat(searches.queries(1))
        .containsExactly(new PastQuery("drill", 2, 2), new PastQuery("saw", 1, 0));
  }

  @Test
  void leavesOutWhatTooFewAskedAndWhatNobodySawAlone() {
    searches.add(tuple("1", "my address", 1, TupleOrigin.ASSIGNED));
    searches.add(tuple("2", "drill", 1, TupleOrigin.ENGINE));
    searches.add(tuple("3", "drill", 1, TupleOrigin.PAGE));

    assertThat(searches.queries(2)).isEmpty();
    assertThat(searches.queries(1)).extracting(PastQuery::text).containsExactly("my address");
  }

  @Test
  void aDatasetKeepsItsHeldOutQueriesToItself() {
    Dataset shop = GeneratedMarketplace.generate(ConfigBinder.defaults(MarketplaceConfig.class));

    assertThat(PastSearches.of(shop))
        .isNotEmpty()
        .extracting(PastQuery::text)
        .doesNotContainAnyElementsOf(
            shop.queries(Split.TEST).stream().map(JudgedQuery::text).toList());
  }

  private static RewardTuple tuple(String id, String query, double reward, TupleOrigin origin) {
    return RewardTuple.newBuilder()
        .setQueryId(id)
        .setQuery(query)
        .setReward(reward)
        .setOrigin(origin)
        .build();
  }
}
