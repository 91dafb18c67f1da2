package io.searchloop.app.privacy;

import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.privacy.Erasure.State;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.util.List;

/**
 * What was forgotten of a visitor, and what is left until when.
 *
 * @param trail what the topics held
 * @param erasures written for it; none on a dry run
 * @param expiries when the records that cannot be deleted are gone
 * @param copies prefixes of topics that copy the loop's, which were not searched
 * @param taught versions that learned from the visitor
 */
public record ErasureReport(
    VisitorTrail trail,
    List<Erasure> erasures,
    List<Expiry> expiries,
    List<String> copies,
    TaughtVersions taught) {

  public ErasureReport {
    erasures = List.copyOf(erasures);
    expiries = List.copyOf(expiries);
    copies = List.copyOf(copies);
  }

  /** Puts a report together from what the topics say now. */
  public static ErasureReport of(
      Brokers bootstrapServers, Serdes serdes, VisitorTrail trail, List<Erasure> erasures) {
    return new ErasureReport(
        trail,
        erasures,
        Expiry.of(bootstrapServers, trail.lastSeen()),
        Copies.on(bootstrapServers),
        TaughtVersions.of(PolicyHistory.read(bootstrapServers, serdes), trail.minibatches()));
  }

  /** Whether every erasure is done. */
  public boolean done() {
    return erasures.stream().allMatch(erasure -> erasure.state() == State.DONE);
  }
}
