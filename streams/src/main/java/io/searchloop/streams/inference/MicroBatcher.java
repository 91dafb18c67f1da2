package io.searchloop.streams.inference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets requests that arrive together share the runs of a session. There is no thread of its own:
 * the first request leads a batch on the thread that asked, and the others wait on theirs. At every
 * token boundary the leader admits who came meanwhile; once its own answers are ready it appoints
 * the oldest request of the batch and goes.
 *
 * <pre>
 *   idle:   decode() --leads--> alone on its thread: no waiting, no change of threads
 *   busy:   decode() --queue--> admitted at a token boundary --> done
 *                                                            \-> appointed: leads on until done
 * </pre>
 *
 * <p>Fair: who came first is admitted first. A request for another policy keeps later ones out of
 * the batch, which then ends and makes room; so a swap begins new batches on the new version while
 * old ones finish on theirs. Sessions stay open because each request holds its own lease until its
 * answers are ready.
 *
 * <p>Safe for any thread.
 */
final class MicroBatcher {
  private final BatchSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<DecodeRequest> waiting = new ArrayDeque<>();
  private final Deque<RowMemory> idle = new ArrayDeque<>();
  private int running;
  private boolean gathering;

  MicroBatcher(BatchSettings settings) {
    this.settings = settings;
  }

  /**
   * Decodes a request, with others or alone.
   *
   * @return empty when the deadline passed before the last answer ended
   */
  Optional<List<Rollout>> decode(DecodeRequest request) {
    if (request.late()) {
      return Optional.empty();
    }
    Optional<RowBatch> started = startOrQueue(request);
    started.ifPresent(this::gather);
    started.or(request::await).ifPresent(batch -> lead(batch, request));
    return request.result();
  }

  private Optional<RowBatch> startOrQueue(DecodeRequest request) {
    lock.lock();
    try {
      if (running < settings.batches() && !gathering) {
        running++;
        gathering = !settings.linger().isZero();
        return Optional.of(batchOf(request));
      }
      waiting.add(request);
      arrived.signalAll();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Gives others a moment to come along, if so configured. */
  private void gather(RowBatch batch) {
    long left = settings.linger().toNanos();
    if (left == 0) {
      return;
    }
    lock.lock();
    try {
      while (left > 0 && batch.rows() + waitingRows() < settings.rows()) {
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      gathering = false;
      lock.unlock();
    }
  }

  private void lead(RowBatch batch, DecodeRequest own) {
    try {
      while (!own.done()) {
        takeIn(batch);
        batch.admit();
        batch.step();
      }
    } catch (RuntimeException e) {
      batch.fail(e); // among others our own, which throws it
    } catch (Error e) {
      batch.fail(
          new PolicySessionException("The batch's leader failed: " + e, e)); // they fall back
      throw e;
    } finally {
      passOn(batch);
    }
  }

  /** Takes in who waits and fits, in order of arrival. */
  private void takeIn(RowBatch batch) {
    lock.lock();
    try {
      dropLate();
      for (DecodeRequest next = waiting.peek(); next != null; next = waiting.peek()) {
        boolean fits = batch.rows() + next.rows().size() <= settings.rows();
        if (next.policy() != batch.policy() || !fits) {
          return;
        }
        batch.reserve(waiting.remove());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whoever is still in the batch leads it on; else who has waited for longest begins another. */
  private void passOn(RowBatch batch) {
    lock.lock();
    try {
      if (!batch.isEmpty()) {
        batch.oldest().appoint(batch);
        return;
      }
      batch.close();
      idle.push(batch.memory());
      dropLate();
      DecodeRequest next = waiting.poll();
      if (next == null) {
        running--;
      } else {
        next.appoint(batchOf(next));
      }
    } finally {
      lock.unlock();
    }
  }

  private RowBatch batchOf(DecodeRequest first) {
    CacheShape shape = CacheShape.of(first.policy().spec());
    RowMemory memory = idle.poll();
    RowBatch batch =
        new RowBatch(
            first.policy(),
            memory != null && memory.shape().equals(shape) ? memory : new RowMemory(shape));
    batch.reserve(first);
    return batch;
  }

  private void dropLate() {
    for (Iterator<DecodeRequest> requests = waiting.iterator(); requests.hasNext(); ) {
      DecodeRequest request = requests.next();
      if (request.late()) {
        requests.remove();
        request.abandon(null);
      }
    }
  }

  private int waitingRows() {
    return waiting.stream().mapToInt(request -> request.rows().size()).sum();
  }
}
