package io.searchloop.app.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.event.EventReader;
import io.searchloop.schemas.event.EventReader.Outcome;
import io.searchloop.schemas.json.FieldException;
import io.searchloop.schemas.json.FieldFault;
import io.searchloop.schemas.json.StrictJson;
import io.searchloop.storefront.adapter.Adaptation;
import io.searchloop.storefront.adapter.EventAdapter;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks events as every door does, and says what is wrong where. An event of another format that
 * becomes several of ours is taken whole or not at all.
 */
public final class EventCheck {
  private static final int MAX_KEPT = 1_000;

  private final EventAdapter adapter;
  private final InstantSource clock;
  private final Consumer<BadEvent> complaints;
  private final EventReader reader = new EventReader();
  private final Counts usable = new Counts();
  private final Counts leftOut = new Counts();
  private final Counts bad = new Counts();
  private final List<BadEvent> firstBad = new ArrayList<>();
  private long read;

  /**
   * @param clock what events are not to be ahead of
   * @param complaints told of each bad event at once
   */
  public EventCheck(EventAdapter adapter, InstantSource clock, Consumer<BadEvent> complaints) {
    this.adapter = adapter;
    this.clock = clock;
    this.complaints = complaints;
  }

  /**
   * Checks all lines.
   *
   * @param outlet takes what can be used, in order
   * @throws IOException when the lines cannot be read
   */
  public CheckReport run(EventLines lines, Consumer<CheckedLine> outlet) throws IOException {
    boolean more = true;
    while (more) {
      try {
        Optional<String> line = lines.next();
        more = line.isPresent();
        line.filter(text -> !text.isBlank()).ifPresent(text -> check(lines.number(), text, outlet));
      } catch (FieldException e) {
        read++;
        refuse(lines.number(), 1, e.fault());
      }
    }
    return new CheckReport(read, usable.toMap(), leftOut.toMap(), bad.toMap(), firstBad);
  }

  private void check(long line, String text, Consumer<CheckedLine> outlet) {
    ObjectNode source = StrictJson.object(text);
    read++;
    int number = 0;
    for (Adaptation adaptation : adapter.adapt(source)) {
      number++;
      if (adaptation instanceof Adaptation.Mapped mapped) {
        take(line, number, mapped.events(), outlet);
      } else if (adaptation instanceof Adaptation.LeftOut none) {
        leftOut.add(none.what());
      } else if (adaptation instanceof Adaptation.Refused refused) {
        refuse(line, number, refused.fault());
      }
    }
  }

  private void take(long line, int number, List<ObjectNode> events, Consumer<CheckedLine> outlet) {
    List<CheckedLine> whole = new ArrayList<>();
    for (ObjectNode event : events) {
      Outcome outcome = reader.read(event, clock.instant());
      if (outcome instanceof Outcome.Refused refused) {
        refuse(line, number, refused.fault());
        return;
      }
      whole.add(new CheckedLine(line, event, ((Outcome.Accepted) outcome).event()));
    }
    for (CheckedLine checked : whole) {
      usable.add(checked.event().getActionName());
      outlet.accept(checked);
    }
  }

  private void refuse(long line, int number, FieldFault fault) {
    BadEvent event = BadEvent.of(line, number, fault, adapter.sourceOf(fault.field()));
    bad.add(fault.reason().name());
    if (firstBad.size() < MAX_KEPT) {
      firstBad.add(event);
    }
    complaints.accept(event);
  }
}
