package io.searchloop.streams.decision;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.search.engine.ProductNotes;
import io.searchloop.streams.catalogue.Catalogue;
import io.searchloop.streams.catalogue.CatalogueEpoch;
import io.searchloop.streams.lease.Lease;
import io.searchloop.streams.slates.PromptSource;
import java.util.List;
import java.util.Optional;

/**
 * Prompts as the policy was trained on. Where its format shows products, the catalogue is searched
 * for the query as typed first; without a catalogue that section is empty. Any thread.
 */
public final class Prompts implements PromptSource {
  private final Catalogue catalogue;

  /**
   * @param catalogue what prompts show products of
   */
  public Prompts(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Prompt token ids of a search. */
  int[] of(RewriteFormat format, RewriteRequest request) {
    return of(format, request.context());
  }

  @Override
  public int[] of(RewriteFormat format, QueryContext context) {
    int products = format.options().products();
    return format.prompt(
        products == 0 ? context : context.withProducts(notes(context.query(), products)));
  }

  private List<String> notes(String query, int products) {
    Optional<Lease<CatalogueEpoch>> held = catalogue.acquire();
    if (held.isEmpty()) {
      return List.of();
    }
    try (Lease<CatalogueEpoch> lease = held.get()) {
      return ProductNotes.top(lease.get().engine(), query, products);
    }
  }
}
