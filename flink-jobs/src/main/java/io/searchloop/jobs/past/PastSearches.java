package io.searchloop.jobs.past;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.HashSet;
import java.util.Set;

/** Searches that an earlier run of the engine reward job has priced, by their query ids. */
public final class PastSearches {
  /** None. */
  public static final PastSearches NONE = new PastSearches(Set.of());

  private static final Hasher128 HASHER = Hashing.xxh3_128();

  private final Set<HashValue128> priced;

  private PastSearches(Set<HashValue128> priced) {
    this.priced = Set.copyOf(priced);
  }

  /** Whether none was priced. */
  public boolean isEmpty() {
    return priced.isEmpty();
  }

  /** Whether a search was priced. */
  public boolean contain(String queryId) {
    return !priced.isEmpty() && priced.contains(HASHER.hashCharsTo128Bits(queryId));
  }

  /** Collects them from tuples. One thread. */
  public static final class Collector {
    private final Set<HashValue128> priced = new HashSet<>();

    /** Notes a search. */
    public void add(String queryId) {
      priced.add(HASHER.hashCharsTo128Bits(queryId));
    }

    /** What was collected. */
    public PastSearches searches() {
      return new PastSearches(priced);
    }
  }
}
