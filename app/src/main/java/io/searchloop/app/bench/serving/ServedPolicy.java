package io.searchloop.app.bench.serving;

import java.time.Instant;

/**
 * What a worker's process says whenever it serves something else, the first line as soon as it
 * listens.
 *
 * @param port where it listens
 * @param version release that serves; -1 for none
 * @param lineage lineage it serves in
 * @param since since when, as found by looking every few milliseconds
 */
record ServedPolicy(int port, long version, long lineage, Instant since) {
  boolean sameAs(ServedPolicy other) {
    return version == other.version && lineage == other.lineage;
  }
}
