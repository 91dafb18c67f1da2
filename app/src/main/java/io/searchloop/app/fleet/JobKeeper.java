package io.searchloop.app.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps jobs on a cluster that forgets them when its JobManager ends, as an operator would by hand:
 * what is missing is submitted again from its newest complete checkpoint. Looks on a thread of its
 * own.
 */
final class JobKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobKeeper.class);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final FlinkRest flink;
  private final CheckpointFolder checkpoints;
  private final String jar;
  private final List<String> arguments;
  private final IntSupplier lives;
  private final Map<String, Submissions> jobs = new LinkedHashMap<>();
  private final Thread thread = new Thread(this::keep, "job-keeper");
  private volatile boolean closed;

  /**
   * @param jar name of a jar in the cluster's upload folder
   * @param mains main class of each job by the job's name in Flink
   * @param arguments of all main classes
   * @param lives how often the JobManager began; each life knows nothing of those before
   */
  JobKeeper(
      FlinkRest flink,
      CheckpointFolder checkpoints,
      String jar,
      Map<String, String> mains,
      List<String> arguments,
      IntSupplier lives) {
    this.flink = flink;
    this.checkpoints = checkpoints;
    this.jar = jar;
    this.arguments = List.copyOf(arguments);
    this.lives = lives;
    mains.forEach((name, main) -> jobs.put(name, new Submissions(main)));
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether all jobs run. */
  boolean allRun() {
    return flink
        .jobs()
        .filter(
            found ->
                jobs.keySet().stream()
                    .allMatch(
                        name ->
                            found.stream().anyMatch(job -> job.name().equals(name) && job.runs())))
        .isPresent();
  }

  /** Checkpoints that a job completed in the JobManager's present life. */
  int checkpoints(String name) {
    return Optional.ofNullable(jobs.get(name))
        .flatMap(Submissions::latest)
        .map(flink::checkpoints)
        .orElse(0);
  }

  /** How often jobs began anew. */
  int submissions() {
    return jobs.values().stream().mapToInt(Submissions::count).sum();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep() {
    while (!closed) {
      int life = lives.getAsInt();
      if (flink.taskManagers() > 0) {
        flink.jobs().ifPresent(found -> jobs.forEach((name, job) -> tend(name, job, found, life)));
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private void tend(String name, Submissions job, List<FlinkRest.Job> found, int life) {
    if (closed || found.stream().anyMatch(one -> one.name().equals(name) && !one.over())) {
      return;
    }
    boolean over =
        found.stream().anyMatch(one -> job.latest().filter(one.id()::equals).isPresent());
    Optional<Path> from =
        job.newestFirst().flatMap(id -> checkpoints.newest(id).stream()).findFirst();
    LOG.info("Submitting: job={} from={}", name, from);
    flink.run(jar, job.id(life, over), job.main, arguments, from);
  }

  /**
   * Ids under which a job was submitted. One that was not answered is tried again under the same
   * id, since it may have been taken, and two of a kind would end each other's transactions.
   */
  private static final class Submissions {
    private final String main;
    private final List<String> ids = new ArrayList<>();
    private int life;

    Submissions(String main) {
      this.main = main;
    }

    synchronized String id(int life, boolean over) {
      if (over || ids.isEmpty() || this.life != life) {
        this.life = life;
        ids.add(new JobID().toHexString());
      }
      return ids.get(ids.size() - 1);
    }

    synchronized Optional<String> latest() {
      return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(ids.size() - 1));
    }

    synchronized Stream<String> newestFirst() {
      List<String> reversed = new ArrayList<>(ids);
      Collections.reverse(reversed);
      return reversed.stream();
    }

    synchronized int count() {
      return ids.size();
    }
  }
}
