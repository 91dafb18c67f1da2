/**
 * Shoppers who keep the loop busy: they want something, type it, look down the page, click by human
 * judgment, and sometimes buy.
 *
 * <pre>
 *   Population --arrivals--> Shopper --search--> StorefrontClient --> serving worker
 *                               |
 *                               +--events, planned ahead--> EventOutbox --batches--> StorefrontClient
 *                                   (some twice, some out of order)        HTTP, or straight to Kafka
 * </pre>
 *
 * <p>Choices come from the dataset's judgments and positions only; nothing here reads reward,
 * relevance or policy code, so what shoppers do can test what the loop learned. Figures obtained
 * this way are simulated and must be labelled so.
 *
 * <p>Entry: {@link io.searchloop.app.simulation.Population}. Its {@link
 * io.searchloop.app.simulation.Timeline} owns the threads.
 */
@NullMarked
package io.searchloop.app.simulation;

import org.jspecify.annotations.NullMarked;
