package io.searchloop.trainer.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.WeightSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the bfloat16 weights of an artifact lie, in file order: walks the graph's protobuf and
 * notes the raw bytes of each float32 constant that holds nothing but bfloat16. Whoever applies a
 * delta gets these places from the delta and needs to know neither ONNX nor protobuf.
 */
public final class WeightSpans {
  private final byte[] artifact;
  private final int graph;
  private final List<WeightSpan> spans = new ArrayList<>();

  private WeightSpans(byte[] artifact) {
    this.artifact = artifact;
    this.graph = PolicyArtifact.graphOffset(artifact);
  }

  /**
   * The spans of an artifact; none when its weights are not rounded.
   *
   * @throws io.searchloop.policy.release.InvalidReleaseException when the bytes are no artifact
   */
  public static List<WeightSpan> of(byte[] artifact) {
    WeightSpans walk = new WeightSpans(artifact);
    try {
      walk.model(CodedInputStream.newInstance(artifact, walk.graph, artifact.length - walk.graph));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The graph at byte %d of the artifact is no ONNX: %s"
              .formatted(walk.graph, e.getMessage()),
          e);
    }
    return List.copyOf(walk.spans);
  }

  /** Stops after the graph: what follows it in the artifact is not part of it. */
  private void model(CodedInputStream in) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == ModelProto.GRAPH_FIELD_NUMBER) {
        int outer = in.pushLimit(in.readRawVarint32());
        graph(in);
        in.popLimit(outer);
        return;
      }
      in.skipField(tag);
    }
  }

  private void graph(CodedInputStream in) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == GraphProto.INITIALIZER_FIELD_NUMBER) {
        int outer = in.pushLimit(in.readRawVarint32());
        tensor(in);
        in.popLimit(outer);
      } else {
        in.skipField(tag);
      }
    }
  }

  private void tensor(CodedInputStream in) throws IOException {
    boolean floats = false;
    int offset = 0;
    int length = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      if (field == TensorProto.DATA_TYPE_FIELD_NUMBER) {
        floats = in.readInt32() == DataType.FLOAT.getNumber();
      } else if (field == TensorProto.RAW_DATA_FIELD_NUMBER) {
        length = in.readRawVarint32();
        offset = graph + in.getTotalBytesRead();
        in.skipRawBytes(length);
      } else {
        in.skipField(tag);
      }
    }
    if (floats && length >= Float.BYTES && rounded(offset, length)) {
      spans.add(new WeightSpan(offset, length / Float.BYTES));
    }
  }

  private boolean rounded(int offset, int length) {
    for (int at = offset; at < offset + length; at += Float.BYTES) {
      if (artifact[at] != 0 || artifact[at + 1] != 0) {
        return false;
      }
    }
    return true;
  }
}
