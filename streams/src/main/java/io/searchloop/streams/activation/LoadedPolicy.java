package io.searchloop.streams.activation;

import io.searchloop.streams.inference.OnnxPolicy;

/** A session with the identity that decisions will log for it; the two never part. */
record LoadedPolicy(PolicyIdentity identity, OnnxPolicy policy) {}
