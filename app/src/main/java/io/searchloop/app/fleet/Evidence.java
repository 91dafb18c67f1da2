package io.searchloop.app.fleet;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.signing.ReleaseSignature;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the topics say of a storm, besides the audit.
 *
 * @param eventsMissing events that a worker confirmed and the topic does not have
 * @param decisionsMissing searches that were answered and left no decision: their rewards are lost
 *     to learning, their events are counted as dangling
 * @param versionsServed policy versions that decisions name
 * @param unverified of them, those without a release that a trusted key vouches for
 * @param releases releases and refusals
 */
record Evidence(
    long eventsMissing,
    long decisionsMissing,
    Set<Long> versionsServed,
    Set<Long> unverified,
    long releases) {

  /**
   * Reads the topics.
   *
   * @param taken ids of events that were confirmed
   * @param shown ids of searches that were answered
   */
  static Evidence gather(
      Brokers brokers, Serdes serdes, TrustedKeys trusted, Set<String> taken, Set<String> shown) {
    Set<String> missingEvents = new HashSet<>(taken);
    try (TopicLog<SearchEvent> events = new TopicLog<>(Topics.EVENTS, brokers, serdes)) {
      events.toEnd(located -> missingEvents.remove(located.value().getEventId()));
    }
    Set<String> missingDecisions = new HashSet<>(shown);
    Set<Long> served = new TreeSet<>();
    try (TopicLog<Decision> decisions = new TopicLog<>(Topics.DECISIONS, brokers, serdes)) {
      decisions.toEnd(
          located -> {
            missingDecisions.remove(located.value().getQueryId());
            served.add(located.value().getPolicyVersion());
          });
    }
    served.remove(-1L);
    Set<Long> unverified = new TreeSet<>(served);
    long releases = 0;
    for (Located<PolicyRelease> located :
        TopicLog.readAll(Topics.POLICY_RELEASES, brokers, serdes)) {
      releases++;
      if (verifies(located, trusted)) {
        unverified.remove(located.offset());
      }
    }
    return new Evidence(
        missingEvents.size(), missingDecisions.size(), served, unverified, releases);
  }

  private static boolean verifies(Located<PolicyRelease> located, TrustedKeys trusted) {
    PolicyRelease release = located.value();
    if (release.getStatus() != ReleaseStatus.RELEASED) {
      return false;
    }
    try {
      trusted.verify(
          located.offset(),
          Packed.bytes(release.getManifest()),
          new ReleaseSignature(release.getKeyId(), Packed.bytes(release.getSignature())));
      return true;
    } catch (InvalidReleaseException e) {
      return false;
    }
  }
}
