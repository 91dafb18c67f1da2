package io.searchloop.streams.inference;

import io.searchloop.policy.rewrite.AnswerGrammar;
import io.searchloop.policy.sampling.TokenDistribution;
import io.searchloop.streams.inference.DecodeRequest.Row;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Requests of one policy that decode together. They join at a token boundary with a pass over their
 * prompts, and leave with their last answer:
 *
 * <pre>
 *   admit  prompts --one pass, padded--> caches copied to N rows each, first tokens drawn
 *   step   one token of every row: run the graph, keep the new keys and values, draw
 * </pre>
 *
 * <p>Each request draws from its own random stream, candidate by candidate, so its answers do not
 * depend on its company, but for the last bits of a logit. Belongs to the thread that leads it.
 */
final class RowBatch implements AutoCloseable {
  private final OnnxPolicy policy;
  private final RowMemory memory;
  private final AnswerGrammar grammar;
  private final List<DecodeRequest> reserved = new ArrayList<>();
  private final List<DecodeRequest> requests = new ArrayList<>();
  private final List<Row> slots = new ArrayList<>();
  private final Map<Integer, BoundTensors> tensors = new HashMap<>();
  private final TokenDistribution scratch;
  private float[] logits = new float[0];

  RowBatch(OnnxPolicy policy, RowMemory memory) {
    this.policy = policy;
    this.memory = memory;
    this.grammar = policy.format().grammar();
    this.scratch = new TokenDistribution(policy.spec().vocabularySize());
  }

  OnnxPolicy policy() {
    return policy;
  }

  RowMemory memory() {
    return memory;
  }

  /** Rows decoding, and those of requests that will be admitted next. */
  int rows() {
    return slots.size() + reserved.stream().mapToInt(request -> request.rows().size()).sum();
  }

  boolean isEmpty() {
    return requests.isEmpty() && reserved.isEmpty();
  }

  /** The request that has been here for longest. */
  DecodeRequest oldest() {
    return requests.isEmpty() ? reserved.get(0) : requests.get(0);
  }

  /** Takes a request in; the next {@link #admit} begins it. */
  void reserve(DecodeRequest request) {
    reserved.add(request);
  }

  /** Begins the requests that were taken in. */
  void admit() {
    if (reserved.isEmpty()) {
      return;
    }
    List<DecodeRequest> joining = List.copyOf(reserved);
    requests.addAll(joining);
    reserved.clear();
    PromptPass pass = memory.prompts();
    pass.run(policy, joining.stream().map(DecodeRequest::prompt).toList());
    copyLogits(pass.logits(), joining.size());
    makeRoom(joining.stream().mapToInt(request -> request.rows().size()).sum());
    for (int i = 0; i < joining.size(); i++) {
      DecodeRequest request = joining.get(i);
      for (Row row : request.rows()) {
        row.place(slots.size(), request.prompt().length);
        slots.add(row);
        memory.copyPrompt(i, request.prompt().length, row.slot());
      }
    }
    for (int i = 0; i < joining.size(); i++) {
      int offset = i * scratch.vocabulary();
      draw(joining.get(i), row -> offset);
    }
    release();
  }

  /** Advances every row by a token. */
  void step() {
    requests.stream()
        .filter(request -> !request.done() && request.late())
        .forEach(request -> request.abandon(null));
    release();
    int batch = slots.size();
    if (batch == 0) {
      return;
    }
    LongBuffer tokens = memory.tokens(batch);
    LongBuffer lengths = memory.lengths(batch);
    for (Row row : slots) {
      tokens.put(row.slot(), row.token());
      lengths.put(row.slot(), row.length());
    }
    tensors
        .computeIfAbsent(batch, size -> BoundTensors.ofRows(policy, memory, size))
        .run(policy, "a token of each row");
    copyLogits(memory.logits(batch), batch);
    for (Row row : slots) {
      memory.append(row.slot(), row.length());
      row.grow();
    }
    requests.forEach(request -> draw(request, row -> row.slot() * scratch.vocabulary()));
    release();
  }

  /** Ends every request with a failure; what they cached is not to be trusted. */
  void fail(RuntimeException reason) {
    requests.addAll(reserved);
    reserved.clear();
    requests.stream().filter(r -> !r.done()).forEach(request -> request.abandon(reason));
    requests.clear();
    slots.clear();
    memory.erase();
  }

  @Override
  public void close() {
    tensors.values().forEach(BoundTensors::close);
    tensors.clear();
  }

  private void draw(DecodeRequest request, Offset offset) {
    try {
      for (Row row : request.rows()) {
        if (!row.answer().ended()) {
          row.drawn(request.draw().append(row.answer(), grammar, logits, offset.of(row), scratch));
        }
      }
    } catch (ArithmeticException e) {
      request.abandon(e);
    }
  }

  /** Frees the rows of ended answers and the requests that are done. */
  private void release() {
    for (Iterator<DecodeRequest> open = requests.iterator(); open.hasNext(); ) {
      DecodeRequest request = open.next();
      boolean ended = request.rows().stream().allMatch(row -> row.answer().ended());
      if (ended && !request.done()) {
        request.complete();
      }
      if (request.done()) {
        open.remove();
      }
      for (Row row : request.rows()) {
        if (row.placed() && (request.done() || row.answer().ended())) {
          vacate(row, request.failed());
        }
      }
    }
  }

  /** The last row moves to where this one was. */
  private void vacate(Row row, boolean failed) {
    int last = slots.size() - 1;
    Row mover = slots.remove(last);
    if (mover != row) {
      memory.move(last, row.slot());
      mover.move(row.slot());
      slots.set(row.slot(), mover);
    }
    row.leave();
    if (failed) {
      memory.erase(last); // what it holds may be no number, which a hidden slot does not hide
    }
  }

  private void makeRoom(int more) {
    if (memory.ensureRows(slots.size() + more)) {
      close(); // tensors over the buffers that were left behind
    }
  }

  private void copyLogits(FloatBuffer from, int rows) {
    int elements = rows * scratch.vocabulary();
    if (logits.length < elements) {
      logits = new float[elements];
    }
    from.get(0, logits, 0, elements);
  }

  /** Where the logits of a row begin. */
  @FunctionalInterface
  private interface Offset {
    int of(Row row);
  }
}
