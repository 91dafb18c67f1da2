package io.searchloop.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.record.ControlRecordType;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;

/**
 * How transactions on a topic ended, from the segments of a broker of ours: no client shows those
 * that were aborted, and a benchmark of halts without any proves little.
 *
 * @param committed transactions committed, counted in each partition they wrote to
 * @param aborted transactions aborted, likewise
 * @param recordsCommitted records that read_committed readers see
 * @param recordsAborted records that they do not
 */
public record TransactionMarkers(
    long committed, long aborted, long recordsCommitted, long recordsAborted) {

  /**
   * Reads the log of a topic. Its broker may be up, but should be idle.
   *
   * @param brokerDirectory data directory of the broker
   */
  public static TransactionMarkers read(Path brokerDirectory, String topic) {
    Tally tally = new Tally();
    for (Path partition : children(brokerDirectory, topic + "-")) {
      for (Path segment : children(partition, "")) {
        if (segment.toString().endsWith(".log")) {
          read(segment, tally);
        }
      }
      tally.endPartition();
    }
    return new TransactionMarkers(
        tally.committed, tally.aborted, tally.recordsCommitted, tally.recordsAborted);
  }

  private static void read(Path segment, Tally tally) {
    try (FileRecords records = FileRecords.open(segment.toFile(), false)) {
      for (RecordBatch batch : records.batches()) {
        if (batch.isControlBatch()) {
          Record marker = batch.iterator().next();
          tally.end(batch.producerId(), ControlRecordType.parse(marker.key()));
        } else if (batch.isTransactional()) {
          tally.add(batch);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the segment " + segment, e);
    }
  }

  private static List<Path> children(Path folder, String prefix) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> child.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder, e);
    }
  }

  /** Counts of one topic; open transactions of a partition by producer. */
  private static final class Tally {
    private final Map<Long, Long> open = new HashMap<>();
    private long committed;
    private long aborted;
    private long recordsCommitted;
    private long recordsAborted;

    void add(RecordBatch batch) {
      long count = batch.lastOffset() - batch.baseOffset() + 1;
      open.merge(batch.producerId(), count, Long::sum);
    }

    /** A marker without records before it ends a transaction that wrote elsewhere or nothing. */
    void end(long producerId, ControlRecordType type) {
      Long records = open.remove(producerId);
      if (records != null && type == ControlRecordType.COMMIT) {
        committed++;
        recordsCommitted += records;
      } else if (records != null && type == ControlRecordType.ABORT) {
        aborted++;
        recordsAborted += records;
      }
    }

    void endPartition() {
      open.clear();
    }
  }
}
