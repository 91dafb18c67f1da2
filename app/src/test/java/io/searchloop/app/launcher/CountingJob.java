package io.searchloop.app.launcher;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts equal words: {@code a a b} becomes {@code a=1 a=2 b=1}. Lost input leaves a gap, repeated
 * input or lost state repeats a number, so the output proves itself.
 */
final class CountingJob {
  static final String NAME = "counting";
  static final String POISON = "poison";

  private CountingJob() {}

  static void build(StreamExecutionEnvironment env, String bootstrapServers) {
    KafkaSource<String> words =
        KafkaSource.<String>builder()
            .setBootstrapServers(bootstrapServers)
            .setTopics("words")
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setValueOnlyDeserializer(new SimpleStringSchema())
            .build();
    KafkaSink<String> counts =
        KafkaSink.<String>builder()
            .setBootstrapServers(bootstrapServers)
            .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
            .setTransactionalIdPrefix("counting")
            .setProperty("transaction.timeout.ms", "600000")
            .setRecordSerializer(
                KafkaRecordSerializationSchema.builder()
                    .setTopic("counts")
                    .setValueSerializationSchema(new SimpleStringSchema())
                    .build())
            .build();
    env.fromSource(words, WatermarkStrategy.noWatermarks(), "words")
        .uid("words")
        .keyBy(word -> word)
        .process(new Count())
        .uid("count")
        .sinkTo(counts)
        .uid("counts");
  }

  private static final class Count extends KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(String word, Context context, Collector<String> out)
        throws Exception {
      if (word.equals(POISON)) {
        throw new IllegalArgumentException("cannot count " + POISON);
      }
      long next = count.value() == null ? 1 : count.value() + 1;
      count.update(next);
      out.collect(word + "=" + next);
    }
  }
}
