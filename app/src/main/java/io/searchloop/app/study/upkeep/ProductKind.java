package io.searchloop.app.study.upkeep;

/** Which products of a policy's pages a figure is about. */
public enum ProductKind {
  /** All; what nobody judged does not fit. */
  ALL("all products", false, false),
  /** Those that the warm start's page of the query has not; what nobody judged does not fit. */
  NEW("new products", true, false),
  /** Those that people judged. */
  JUDGED("judged products", false, true),
  /** Those of them that the warm start's page has not. */
  NEW_JUDGED("new judged products", true, true);

  private final String title;
  private final boolean fresh;
  private final boolean judged;

  ProductKind(String title, boolean fresh, boolean judged) {
    this.title = title;
    this.fresh = fresh;
    this.judged = judged;
  }

  /** What tables call them. */
  String title() {
    return title;
  }

  /** What they are compared with on the warm start's own pages, where nothing is new. */
  ProductKind atStart() {
    return judged ? JUDGED : ALL;
  }

  boolean has(FoundProduct product) {
    return (product.fresh() || !fresh) && (product.judged() || !judged);
  }
}
