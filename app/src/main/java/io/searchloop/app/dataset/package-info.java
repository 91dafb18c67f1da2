/**
 * What a shop sells, what its shoppers type, and which products people judged to fit: the ground
 * truth that shoppers are simulated from and policies are judged against.
 *
 * <pre>
 *   directory --DatasetReader------+
 *                                  +--> Dataset --TrainingText--> warm start (train queries only)
 *   seed --GeneratedMarketplace----+       |------app.evaluation--> figures (dev or test queries)
 *   log --ClickLog (until a time)--+       |
 *                                          +------app.simulation-> shoppers (train queries only)
 * </pre>
 *
 * <p>Entry: {@link io.searchloop.app.dataset.Dataset}. Everything here is immutable once built and
 * may be read by any thread.
 */
@NullMarked
package io.searchloop.app.dataset;

import org.jspecify.annotations.NullMarked;
