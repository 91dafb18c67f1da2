package io.searchloop.app.dataset;

import io.searchloop.search.engine.Product;
import java.util.Map;

/** The neutral directory: {@code products.jsonl.gz}, {@code queries.tsv}, {@code judgments.tsv}. */
final class NeutralFiles implements DatasetSource {
  private final DatasetFiles files;
  private final Problems.Log problems;

  NeutralFiles(DatasetFiles files, Problems.Log problems) {
    this.files = files;
    this.problems = problems;
  }

  @Override
  public Map<String, Product> products() {
    return CatalogueFile.read(files, problems);
  }

  @Override
  public Judgments judgments(Map<String, Product> products) {
    return new JudgmentTables(files, problems, DatasetReader.QUERIES, DatasetReader.JUDGMENTS)
        .read(products);
  }
}
