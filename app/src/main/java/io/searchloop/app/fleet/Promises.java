package io.searchloop.app.fleet;

import io.searchloop.app.audit.Audit;
import io.searchloop.app.audit.AuditReport;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a fleet kept what it promises, by its topics and by what its shoppers saw.
 *
 * @param searches that shoppers asked
 * @param retried searches and batches of events that a second worker was asked for
 * @param failed searches that the second worker did not answer either
 * @param withoutPolicy searches answered as typed because no policy was there in time
 * @param eventsTaken events that a worker confirmed
 * @param evidence what the topics say
 * @param audit the audit of the topics
 */
record Promises(
    long searches,
    long retried,
    long failed,
    long withoutPolicy,
    long eventsTaken,
    Evidence evidence,
    AuditReport audit) {

  /** Reads the topics of a fleet at rest. */
  static Promises of(Fleet fleet, SeveralWorkers workers, TrustedKeys trusted) {
    return new Promises(
        workers.searches(),
        workers.retried(),
        workers.failed(),
        workers.withoutPolicy(),
        workers.taken().size(),
        Evidence.gather(fleet.brokers(), fleet.serdes(), trusted, workers.taken(), workers.shown()),
        new Audit(fleet.brokers(), fleet.serdes(), KafkaMinibatchSource.GROUP).run());
  }

  boolean held() {
    return audit.clean()
        && evidence.eventsMissing() == 0
        && evidence.unverified().isEmpty()
        && failed == 0;
  }

  /** For a person. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("events confirmed %,d, lost %d".formatted(eventsTaken, evidence.eventsMissing()));
    lines.add(
        "tuples %,d, violations of the audit %d (nothing counted twice, no minibatch trained twice)"
            .formatted(audit.tuples(), audit.violations().size()));
    audit.violations().forEach(violation -> lines.add("  " + violation));
    lines.add(
        "searches %,d, asked a second worker %,d (with batches of events), failed there too %d, answered as typed for want of a policy %,d, without a decision on the log %,d"
            .formatted(searches, retried, failed, withoutPolicy, evidence.decisionsMissing()));
    lines.add(
        "policy versions served %d, of them not verified %d; releases and refusals %d, minibatches accounted for %,d"
            .formatted(
                evidence.versionsServed().size(),
                evidence.unverified().size(),
                evidence.releases(),
                audit.minibatches()));
    lines.add(held() ? "All promises held." : "A promise did NOT hold.");
    return lines;
  }
}
