/**
 * What a storefront in Java needs to tell Searchloop what its shoppers do.
 *
 * <pre>
 *   shop's threads --send: check, offer--> bounded queue --one thread: encode--> Kafka, in batches
 *                        |                                                         |
 *                        +-- Lost: refused, queue full, closed                     +-- Stored, or Lost
 * </pre>
 *
 * <p>{@link io.searchloop.storefront.StorefrontProducer} is the entry and owns one thread; answers
 * complete on it or on the Kafka client's. {@link io.searchloop.storefront.adapter.EventFormat}
 * reads events of other formats.
 */
@NullMarked
package io.searchloop.storefront;

import org.jspecify.annotations.NullMarked;
