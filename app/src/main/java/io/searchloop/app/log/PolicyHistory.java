package io.searchloop.app.log;

import io.searchloop.policy.control.ControlEntry;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every release and every decision about releases, with the verdicts of the one fold.
 *
 * @param releases releases and refusals in offset order
 * @param decisions control records in offset order
 * @param control head and verdicts
 */
public record PolicyHistory(
    List<Release> releases, List<Located<PolicyControl>> decisions, ControlLog control) {
  private static final Logger log = LoggerFactory.getLogger(PolicyHistory.class);

  /**
   * A release or a refusal.
   *
   * @param version policy version: offset of the record
   * @param appendedAtMs when it was committed, epoch milliseconds
   * @param status RELEASED or REFUSED
   * @param manifest what it says of itself
   * @param reason why it was refused; empty otherwise
   */
  public record Release(
      long version,
      long appendedAtMs,
      ReleaseStatus status,
      ReleaseManifest manifest,
      String reason) {
    /** What a record says. */
    public static Release of(Located<PolicyRelease> located) {
      PolicyRelease release = located.value();
      return new Release(
          located.offset(),
          located.appendedAtMs(),
          release.getStatus(),
          ReleaseManifest.fromJson(Packed.bytes(release.getManifest())),
          release.getReason());
    }

    /** Whether it has an artifact. */
    public boolean released() {
      return status == ReleaseStatus.RELEASED;
    }
  }

  public PolicyHistory {
    releases = List.copyOf(releases);
    decisions = List.copyOf(decisions);
  }

  /** Reads the history as it is now; decisions first, so that every decision finds its release. */
  public static PolicyHistory read(Brokers bootstrapServers, Serdes serdes) {
    return read(bootstrapServers, serdes, "");
  }

  /** Reads the history under a prefix; that of a replay is empty. */
  public static PolicyHistory read(Brokers bootstrapServers, Serdes serdes, String prefix) {
    List<Located<PolicyControl>> decisions =
        decodable(Topics.POLICY_CONTROL.prefixed(prefix), bootstrapServers, serdes);
    List<Release> releases =
        decodable(Topics.POLICY_RELEASES.prefixed(prefix), bootstrapServers, serdes).stream()
            .flatMap(release -> readable(release).stream())
            .toList();
    return of(releases, decisions);
  }

  /** Workers, trainer and health job pass over the others too: they have no effect. */
  private static <V extends SpecificRecord> List<Located<V>> decodable(
      Topic<V> topic, Brokers bootstrapServers, Serdes serdes) {
    try (TopicLog<V> records =
        new TopicLog<>(
            topic,
            bootstrapServers,
            serdes,
            bad -> log.warn("{} offset {} cannot be decoded", topic.name(), bad.offset()))) {
      return records.toEnd();
    }
  }

  private static Optional<Release> readable(Located<PolicyRelease> located) {
    try {
      return Optional.of(Release.of(located));
    } catch (InvalidReleaseException e) {
      log.warn("Release {} is passed over: {}", located.offset(), e.getMessage());
      return Optional.empty();
    }
  }

  /** The history that records read so far add up to. */
  public static PolicyHistory of(List<Release> releases, List<Located<PolicyControl>> decisions) {
    return new PolicyHistory(releases, decisions, fold(releases, decisions));
  }

  /** Control records as the fold reads them. */
  public List<ControlEntry> entries() {
    return decisions.stream().map(PolicyHistory::entry).toList();
  }

  private static ControlLog fold(List<Release> releases, List<Located<PolicyControl>> decisions) {
    Map<Long, Release> released =
        releases.stream()
            .filter(Release::released)
            .collect(Collectors.toMap(Release::version, Function.identity()));
    return ControlLog.fold(
        decisions.stream().map(PolicyHistory::entry).toList(),
        version ->
            released.containsKey(version)
                ? OptionalLong.of(released.get(version).manifest().lineage())
                : OptionalLong.empty());
  }

  private static ControlEntry entry(Located<PolicyControl> located) {
    PolicyControl control = located.value();
    return new ControlEntry(
        located.offset(),
        control.getDecisionId(),
        ControlEntry.Action.valueOf(control.getAction().name()),
        control.getPolicyVersion(),
        control.getExpectedHead(),
        control.getPercent());
  }
}
