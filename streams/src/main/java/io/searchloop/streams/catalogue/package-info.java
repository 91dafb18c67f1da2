/**
 * Keeps a search engine over the newest complete catalogue epoch.
 *
 * <pre>
 *   catalogue.products.v1 --> products by epoch --> epoch marker --> index --> swap
 *                                        elsewhere too, where RetrievalChoice says so
 *                                                    requests hold leases on the old engine
 * </pre>
 *
 * <p>{@link io.searchloop.streams.catalogue.ServingCatalogue} is the entry. Indexing runs on the
 * catalogue feed's thread, while requests search the engine before.
 */
@NullMarked
package io.searchloop.streams.catalogue;

import org.jspecify.annotations.NullMarked;
