package io.searchloop.search.query;

import io.searchloop.search.arms.IdentityArm;
import io.searchloop.search.arms.RewriteArm;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.Vocabulary;
import io.searchloop.search.merging.FusionWeights;

/**
 * How queries are searched, whatever the catalogue: what a shop configures once for everything that
 * searches (ADR 0045).
 *
 * @param combination how a rewrite joins the typed query
 * @param spelling whether the spelling checker joins a UNION
 * @param weights of the parts of a UNION
 */
public record SearchRule(Combination combination, boolean spelling, FusionWeights weights) {
  /** What {@code NAME+spell} is judged by. */
  public static final SearchRule DEFAULT =
      new SearchRule(Combination.UNION, true, FusionWeights.DEFAULT);

  /** The rule over one catalogue, whose words are never corrected. */
  public ServedSearch over(Vocabulary vocabulary) {
    return with(spelling ? new SpellingArm(new RememberedWords(vocabulary)) : new IdentityArm());
  }

  /** The rule where no catalogue is known, so that nothing can be corrected. */
  public ServedSearch withoutCatalogue() {
    return with(new IdentityArm());
  }

  private ServedSearch with(RewriteArm checker) {
    return new ServedSearch(new FusedSearch(checker, weights), combination);
  }
}
