package io.searchloop.app.bench.attribution;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * How many records the sources of a job have read, from Flink's own counters in this process: no
 * delay, no polling, nothing in the path of the records. One thread.
 */
final class SourceCounters {
  /** What Flink must be started with. */
  static final String REPORTER_KEY = "metrics.reporter.jmx.factory.class";

  static final String REPORTER = "org.apache.flink.metrics.jmx.JMXReporterFactory";

  private static final List<String> SOURCES = List.of("decisions", "events");

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final String jobName;
  private final int subtasks;
  private Set<ObjectName> counters = Set.of();

  /**
   * @param jobName name of the job
   * @param parallelism subtasks of each of its sources
   */
  SourceCounters(String jobName, int parallelism) {
    this.jobName = jobName;
    this.subtasks = SOURCES.size() * parallelism;
  }

  /** Decisions and events read by all subtasks since the job was deployed. */
  long recordsRead() {
    if (counters.size() < subtasks) {
      counters = find();
    }
    return counters.stream().mapToLong(this::count).sum();
  }

  private Set<ObjectName> find() {
    Set<ObjectName> found = new HashSet<>();
    for (String source : SOURCES) {
      String pattern =
          "org.apache.flink.taskmanager.job.task.operator.numRecordsIn:job_name=%s,operator_name=Source*%s,*"
              .formatted(jobName, source);
      try {
        found.addAll(beans.queryNames(new ObjectName(pattern), null));
      } catch (JMException e) {
        throw new IllegalArgumentException("Counters cannot be asked for by " + pattern, e);
      }
    }
    return found;
  }

  private long count(ObjectName counter) {
    try {
      return (Long) beans.getAttribute(counter, "Count");
    } catch (InstanceNotFoundException taskEndedMeanwhile) {
      return 0;
    } catch (JMException e) {
      throw new IllegalStateException("Flink's counter " + counter + " cannot be read", e);
    }
  }
}
