package io.searchloop.streams.page;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import io.searchloop.search.arms.RewriteArm;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.query.ServedQuery;
import io.searchloop.streams.decision.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A shop of shoes, hats and socks that counts how often it is searched. */
final class Shop implements SearchEngine {
  static final String QUERY = "red shoes";

  final AtomicInteger searches = new AtomicInteger();
  private final LuceneSearchEngine engine;

  Shop() {
    List<Product> products = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      products.add(product("shoe" + i, "red shoes" + " shoes".repeat(i)));
      products.add(product("hat" + i, "blue hat" + " hat".repeat(i)));
      products.add(product("sock" + i, "red socks" + " socks".repeat(i)));
    }
    this.engine = LuceneSearchEngine.index(products, 7, Bm25.DEFAULT);
  }

  /** {@link #QUERY} as it is searched without a spelling checker. */
  static ServedQuery query(Combination combination) {
    return new SearchRule(combination, false, FusionWeights.DEFAULT).withoutCatalogue().of(QUERY);
  }

  /** Corrects by the words of this shop. */
  RewriteArm spelling() {
    return new SpellingArm(engine.vocabulary());
  }

  /** A decision to show the last of some rewrites; an empty one is invalid. */
  static Choice.OneList choice(String... rewrites) {
    List<Candidate> candidates = new ArrayList<>();
    for (String rewrite : rewrites) {
      candidates.add(
          Candidate.newBuilder()
              .setRolloutId("q#" + candidates.size())
              .setRewrite(rewrite)
              .setTokenIds(Packed.ints(1))
              .setLogProbs(Packed.floats(-1))
              .setTrainable(true)
              .setValid(!rewrite.isEmpty())
              .build());
    }
    Decision decision =
        Decision.newBuilder()
            .setQueryId("q")
            .setClientId("c")
            .setQuery(QUERY)
            .setMode(DecisionMode.ASSIGNED)
            .setArm("policy")
            .setPolicyVersion(3)
            .setCandidates(candidates)
            .setServed(List.of(rewrites.length - 1))
            .setAssignmentPropensity(1.0 / Math.max(1, rewrites.length))
            .build();
    return new Choice.OneList(
        decision,
        rewrites.length == 0
            ? Optional.empty()
            : Optional.of(rewrites[rewrites.length - 1]).filter(rewrite -> !rewrite.isEmpty()));
  }

  @Override
  public SearchResults search(SearchQuery query, int limit) {
    searches.incrementAndGet();
    return engine.search(query, limit);
  }

  @Override
  public long epoch() {
    return engine.epoch();
  }

  @Override
  public long documents() {
    return engine.documents();
  }

  @Override
  public Optional<Product> product(String id) {
    return engine.product(id);
  }

  @Override
  public void close() {
    engine.close();
  }

  private static Product product(String id, String title) {
    return new Product(id, title, "", "", "", Map.of());
  }
}
