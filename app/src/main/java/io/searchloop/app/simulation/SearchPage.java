package io.searchloop.app.simulation;

import java.util.List;

/**
 * What a search showed.
 *
 * @param queryId id of the decision behind the page
 * @param arm experiment arm that was served; for reports, shoppers do not read it
 * @param policyVersion policy that was served, -1 for none; for reports
 * @param products ids in shown order
 */
public record SearchPage(String queryId, String arm, long policyVersion, List<String> products) {
  public SearchPage {
    products = List.copyOf(products);
  }
}
