package io.searchloop.search.config;

import io.searchloop.schemas.config.Setting;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.DelegatedRetrieval;
import io.searchloop.search.engine.RetrievalChoice;
import io.searchloop.search.opensearch.OpenSearchEngine;
import io.searchloop.search.opensearch.OpenSearchSettings;
import java.io.Serializable;

/** What searches the catalogue, under {@code search}; for workers and engine rewards alike. */
public record SearchConfig(
    @Setting(
            value = "lucene",
            help = "what finds products: lucene in each process, or opensearch elsewhere")
        Engine engine)
    implements Serializable {

  /** Engines that can be chosen. */
  public enum Engine {
    LUCENE,
    OPENSEARCH
  }

  /**
   * What finds the products of an epoch.
   *
   * @param elsewhere where an OpenSearch is; read only when it is chosen
   * @throws IllegalArgumentException when its settings cannot be used
   */
  public RetrievalChoice retrieval(OpenSearchConfig elsewhere) {
    if (engine == Engine.LUCENE) {
      return RetrievalChoice.IN_PROCESS;
    }
    OpenSearchSettings settings = elsewhere.settings();
    return index ->
        new DelegatedRetrieval(
            settings.foreign().isPresent()
                ? OpenSearchEngine.over(settings, index.epoch())
                : OpenSearchEngine.index(index.products(), index.epoch(), Bm25.DEFAULT, settings),
            index);
  }
}
