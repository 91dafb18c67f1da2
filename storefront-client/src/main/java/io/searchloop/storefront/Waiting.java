package io.searchloop.storefront;

import io.searchloop.schemas.SearchEvent;
import java.util.concurrent.CompletableFuture;

/**
 * An event in the queue.
 *
 * @param key visitor key
 * @param done completes once, whatever becomes of it
 */
record Waiting(SearchEvent event, String key, CompletableFuture<Delivery> done) {}
