package io.searchloop.app.bench.serving;

import java.util.Locale;

/** Ways of a query through a worker, from the least to all of it. */
enum ServingPath {
  /** The runs of the session alone, one request a thread. */
  BARE,
  /** The sampler without company: one request a batch. */
  SAMPLER_ALONE,
  /** The sampler as a worker has it. */
  SAMPLER,
  /** A worker process over HTTP, one request a batch. */
  HTTP_ALONE,
  /** A worker process over HTTP. */
  HTTP,
  /** The same, rollouts from the cache of head queries. */
  HTTP_CACHED;

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
