package io.searchloop.app.bench.attribution;

import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.intake.RecordReaders;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.intake.VisitorIdTypeInfo;
import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardTuple;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * The least that a job between these topics can do: decode, validate, and write one tuple a
 * decision exactly once. Like {@link RewardJob} it carries records as bytes, so a decision is
 * decoded once to be checked and once more to be written. It keeps nothing, waits for nothing and
 * knows no event time. What RewardJob takes beyond this is the price of attribution.
 */
final class PassThroughJob {
  private final RewardJob.Sources sources;
  private final RewardJob.Sinks sinks;
  private final boolean byVisitor;
  private final int parallelism;

  /**
   * @param byVisitor whether records travel to the task of their visitor, as attribution needs
   */
  PassThroughJob(
      RewardJob.Sources sources, RewardJob.Sinks sinks, boolean byVisitor, int parallelism) {
    this.sources = sources;
    this.sinks = sinks;
    this.byVisitor = byVisitor;
    this.parallelism = parallelism;
  }

  void build(StreamExecutionEnvironment env) {
    env.configure(
        new Configuration()
            .set(PipelineOptions.GENERIC_TYPES, false)
            .set(PipelineOptions.OBJECT_REUSE, true));
    env.setParallelism(parallelism);
    DataStream<SourceRecord> decisions = read(env, sources.decisions(), "decisions");
    DataStream<SourceRecord> events = read(env, sources.events(), "events");
    if (byVisitor) {
      write(decisions.union(events).keyBy(SourceRecord::visitor, new VisitorIdTypeInfo()));
    } else {
      write(decisions);
      // Only decisions make tuples; a sink of its own keeps this chain free of any exchange.
      events.sinkTo(new DiscardingSink<>()).uid("read-events").name("read events");
    }
  }

  private static DataStream<SourceRecord> read(
      StreamExecutionEnvironment env, Source<SourceRecord, ?, ?> source, String name) {
    return env.fromSource(
            source, WatermarkStrategy.noWatermarks(), name, TypeInformation.of(SourceRecord.class))
        .uid(name);
  }

  private void write(DataStream<SourceRecord> records) {
    records
        .flatMap(new WriteTuples(sources.readers()), new AvroRecordTypeInfo<>(RewardTuple.class))
        .uid("make-tuples")
        .name("make tuples")
        .sinkTo(sinks.rewards())
        .uid("write-tuples")
        .name("write tuples");
  }

  /** A tuple of the decision's served candidate, as large as a base tuple; events leave none. */
  @SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
  private static final class WriteTuples extends RichFlatMapFunction<SourceRecord, RewardTuple> {
    private static final long serialVersionUID = 1L;

    private final SerializableSupplier<RecordReaders> openReaders;
    private transient RecordReaders readers;

    WriteTuples(SerializableSupplier<RecordReaders> openReaders) {
      this.openReaders = openReaders;
    }

    @Override
    public void open(OpenContext context) {
      readers = openReaders.get();
    }

    @Override
    public void flatMap(SourceRecord record, Collector<RewardTuple> tuples) {
      if (record.kind() == SourceRecord.Kind.DECISION && record.refused() == null) {
        tuples.collect(tuple(readers.decisions().apply(record.value())));
      }
    }

    private static RewardTuple tuple(Decision decision) {
      Candidate served = decision.getCandidates().get(decision.getServed().get(0));
      Instant time = decision.getTimestamp();
      return RewardTuple.newBuilder()
          .setRolloutId(served.getRolloutId())
          .setQueryId(decision.getQueryId())
          .setGroupKey(decision.getGroupKey())
          .setQuery(decision.getQuery())
          .setArm(decision.getArm())
          .setPolicyVersion(decision.getPolicyVersion())
          .setStep(decision.getStep())
          .setLineage(decision.getLineage())
          .setCatalogueEpoch(decision.getCatalogueEpoch())
          .setTrainable(served.getTrainable())
          .setPromptTokens(decision.getPromptTokens())
          .setTokenIds(served.getTokenIds())
          .setLogProbs(served.getLogProbs())
          .setImpressionTime(time)
          .setOutcomeTime(time)
          .build();
    }
  }
}
