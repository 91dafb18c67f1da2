package io.searchloop.policy.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.control.ControlEntry.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whoever writes what in whatever order, repeated or not. */
class ControlLogProperties {
  private static final int RECORDS = 300;
  private static final int RELEASES = 12;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void appliesNothingThatWasDecidedUponAnotherHead(long seed) {
    Race race = new Race(new Random(seed));
    long head = -1;
    Set<String> decisions = new HashSet<>();
    for (int i = 0; i < race.entries.size(); i++) {
      ControlEntry entry = race.entries.get(i);
      if (race.log().verdicts().get(i).effective()) {
        assertThat(entry.expectedHead()).isEqualTo(head);
        assertThat(decisions).doesNotContain(entry.decisionId());
        head = entry.offset();
      } else {
        assertThat(race.log().verdicts().get(i).reason()).isNotBlank();
      }
      decisions.add(entry.decisionId());
    }
    assertThat(race.log().head().headOffset()).isEqualTo(head);
    assertThat(race.log().verdicts()).anyMatch(Verdict::effective);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neverServesOrTriesWhatIsNotOfTheLineage(long seed) {
    Race race = new Race(new Random(seed));
    for (int end = 1; end <= race.entries.size(); end++) {
      PolicyHead head = race.fold(race.entries.subList(0, end)).head();
      Candidate candidate = head.candidate();
      if (candidate.running()) {
        assertThat(race.lineages.get(candidate.version())).isEqualTo(head.lineage());
        assertThat(candidate.version()).isNotEqualTo(head.activeVersion());
      }
      if (head.waitingVersion() >= 0) {
        assertThat(head.waitingVersion()).isGreaterThan(candidate.version());
        assertThat(candidate.running()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void letsExactlyOneOfManyRacingAuthorsWin(long seed) {
    List<ControlEntry> authors = new ArrayList<>();
    Action[] actions = {Action.PROMOTE, Action.ROLLBACK, Action.CANARY, Action.FREEZE};
    for (int author = 0; author < 8; author++) {
      Action action = actions[author % actions.length];
      authors.add(new ControlEntry(0, "author-" + author, action, author, -1, 5));
    }
    Collections.shuffle(authors, new Random(seed));
    List<ControlEntry> entries = new ArrayList<>();
    authors.forEach(author -> entries.add(at(entries.size(), author)));
    authors.forEach(author -> entries.add(at(entries.size(), author))); // everyone tries again

    ControlLog log = ControlLog.fold(entries, version -> OptionalLong.of(-1));

    assertThat(log.verdicts().stream().filter(Verdict::effective)).hasSize(1);
    assertThat(log.verdicts().get(0).effective()).isTrue();
    assertThat(log.verdicts().subList(authors.size(), entries.size()))
        .allMatch(verdict -> verdict.reason().startsWith("repeats decision"));
  }

  private static ControlEntry at(long offset, ControlEntry entry) {
    return new ControlEntry(
        offset,
        entry.decisionId(),
        entry.action(),
        entry.policyVersion(),
        entry.expectedHead(),
        entry.percent());
  }

  /** Authors who see the head late, and repeat themselves. */
  private static final class Race {
    final Map<Long, Long> lineages = new TreeMap<>();
    final List<ControlEntry> entries = new ArrayList<>();

    Race(Random random) {
      for (long version = 0; version < RELEASES; version++) {
        lineages.put(version, -1L);
      }
      long newest = RELEASES;
      for (int i = 0; i < RECORDS; i++) {
        PolicyHead seen = fold(entries.subList(0, Math.max(0, i - random.nextInt(3)))).head();
        if (random.nextInt(4) == 0) {
          lineages.put(newest++, seen.lineage()); // a release of what its trainer believes to be on
        }
        Action action = Action.values()[random.nextInt(Action.values().length)];
        String id = "d" + (random.nextInt(10) == 0 ? random.nextInt(i + 1) : i);
        entries.add(
            new ControlEntry(
                i, id, action, random.nextLong(newest), seen.headOffset(), random.nextInt(110)));
      }
    }

    ControlLog log() {
      return fold(entries);
    }

    ControlLog fold(List<ControlEntry> some) {
      return ControlLog.fold(
          some,
          version ->
              lineages.containsKey(version)
                  ? OptionalLong.of(lineages.get(version))
                  : OptionalLong.empty());
    }
  }
}
