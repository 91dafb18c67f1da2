package io.searchloop.streams.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.Decoding;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.ProductNotes;
import io.searchloop.search.query.SearchRule;
import io.searchloop.streams.catalogue.CatalogueEpoch;
import io.searchloop.streams.lease.CountedResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromptsTest {
  private static final RewriteRequest REQUEST = new RewriteRequest("red shoes", "visitor", "", "");

  private final Tokenizer tokenizer = BytePairTrainer.train(List.of("red shoes"), 280);
  private final LuceneSearchEngine engine =
      LuceneSearchEngine.index(
          List.of(
              new Product("1", "red running shoes", "", "", "acme", Map.of()),
              new Product("2", "blue socks", "", "", "", Map.of())),
          1,
          Bm25.DEFAULT);
  private final CatalogueEpoch epoch = CatalogueEpoch.of(engine, SearchRule.DEFAULT, List.of());
  private final CountedResource<CatalogueEpoch> shared = new CountedResource<>(epoch, epoch::close);
  private final Prompts prompts = new Prompts(shared::acquire);

  @AfterEach
  void close() {
    shared.retire();
  }

  @Test
  void showWhatTrainingShowed() {
    RewriteFormat format = new RewriteFormat(tokenizer, 64, 8, RewriteOptions.products(2));
    List<String> notes = ProductNotes.top(engine, "red shoes", 2);

    assertThat(notes).containsExactly("acme red running shoes");
    assertThat(prompts.of(format, REQUEST))
        .isEqualTo(format.prompt(QueryContext.of("red shoes").withProducts(notes)));
  }

  @Test
  void showWhatTheStorefrontKnowsToAPolicyThatReadsIt() {
    RewriteFormat format =
        new RewriteFormat(
            tokenizer, 64, 8, new RewriteOptions(false, true, 2, 0, 1, Decoding.POSITIONS));
    RewriteRequest request =
        new RewriteRequest(
            "red shoes", "visitor", "", "", List.of("brand acme"), List.of("red", "shoes"));

    assertThat(prompts.of(format, request))
        .isEqualTo(
            format.prompt(
                new QueryContext(
                    "red shoes",
                    "",
                    List.of("brand acme"),
                    List.of("red", "shoes"),
                    List.of())))
        .isNotEqualTo(format.prompt(QueryContext.of("red shoes")));
  }

  @Test
  void leaveTheSectionEmptyWithoutACatalogue() {
    RewriteFormat format = new RewriteFormat(tokenizer, 64, 8, RewriteOptions.products(2));

    assertThat(new Prompts(Optional::empty).of(format, REQUEST))
        .isEqualTo(format.prompt(QueryContext.of("red shoes")));
  }

  @Test
  void doNotSearchForAPolicyThatSeesTheQueryAlone() {
    RewriteFormat plain = new RewriteFormat(tokenizer, 64, 8);
    Prompts unused =
        new Prompts(
            () -> {
              throw new IllegalStateException("searched");
            });

    assertThat(unused.of(plain, REQUEST)).isEqualTo(plain.prompt(QueryContext.of("red shoes")));
  }
}
