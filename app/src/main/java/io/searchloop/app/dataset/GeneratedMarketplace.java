package io.searchloop.app.dataset;

import io.searchloop.search.engine.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A made-up shop for demonstrations and tests, where the truth is known because it was made up:
 * products from a hand-written vocabulary, intents, and shoppers who say them in the catalogue's
 * words, in words it never uses ("couch" for sofa), misspelt, or with a brand.
 *
 * <p>It is coherent, not realistic: figures obtained here show that the loop learns, and must be
 * labelled as simulated.
 */
public final class GeneratedMarketplace {
  private GeneratedMarketplace() {}

  /** Builds the shop; equal configurations give equal shops. */
  public static Dataset generate(MarketplaceConfig config) {
    SplittableRandom random = new SplittableRandom(config.seed());
    List<StockedProduct> stock =
        StockedProduct.stock(ShopWords.load(), config.products(), random.split());
    Phrasings phrasings = new Phrasings(stock, random.split());
    phrasings.addVocabularyGaps(config.gapQueries());
    phrasings.addTypos(config.typoQueries());
    phrasings.addPlain(config.queries() - config.gapQueries() - config.typoQueries());
    List<Product> products = stock.stream().map(StockedProduct::product).toList();
    List<String> texts = new ArrayList<>(phrasings.corrections().values());
    phrasings.queries().forEach(query -> texts.add(query.text()));
    return new Dataset(
        "generated",
        products,
        Popularity.zipf(phrasings.queries()),
        GradeScale.FROM_ZERO,
        phrasings.corrections(),
        phrasings.coClicks(),
        Problems.NONE,
        QuerySplit.of(texts, QuerySplit.DEFAULT_SEED));
  }
}
