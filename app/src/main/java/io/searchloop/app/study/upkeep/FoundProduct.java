package io.searchloop.app.study.upkeep;

/**
 * A product on a page, beside what people judged.
 *
 * @param query index of the query
 * @param product id
 * @param label expected label of the simulated shoppers, 0 to 1
 * @param relevant whether people judged it relevant; unjudged is not
 * @param judged whether they judged it at all
 * @param fresh whether the warm start's page of the query has it not
 */
record FoundProduct(
    int query, String product, double label, boolean relevant, boolean judged, boolean fresh) {}
