/**
 * Searchloop's browser beacon: tells a worker what shoppers do. One file, no dependencies.
 *
 *   import { createBeacon } from 'https://search.example/v1/beacon.js';
 *   const beacon = createBeacon({
 *     url: 'https://search.example/v1/events',
 *     clientId: visitor,            // the client_id that searches are sent with
 *     consent: false,               // until the shopper agrees
 *     onRefused: (refusal) => console.warn(refusal.detail),
 *   });
 *   consentBanner.onAgree(() => beacon.setConsent(true));
 *   beacon.track({ action_name: 'click', query_id, object_id: 'p1', position_ordinal: 3 });
 *
 * Without consent nothing is kept and nothing is sent; withdrawn, what waits is forgotten. The
 * beacon itself stores nothing in the browser. Events wait in memory, at most `maxQueue`, and go in
 * batches; when the page is hidden the rest goes by `navigator.sendBeacon`, whose answer no page can
 * read. Each event gets an `event_id`, so one that is sent twice counts once.
 *
 * `track` returns whether the event was taken. `stats()` counts what became of all: accepted,
 * refused, handed to sendBeacon, and lost by reason (no_consent, queue_full, too_large, http_403...).
 */

const MAX_BODY_BYTES = 60_000; // browsers queue 64 KiB for a page that closes
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const encoder = new TextEncoder();

/**
 * @param {object} options
 * @param {string} options.url address of /v1/events
 * @param {string} [options.clientId] visitor, for events that name none
 * @param {string} [options.sessionId] session, for events that name none
 * @param {boolean} [options.consent=false] whether the shopper has agreed already
 * @param {number} [options.maxQueue=500] events that may wait
 * @param {number} [options.batchSize=20] events that are sent at once without waiting for more
 * @param {number} [options.delayMs=2000] how long an event waits for company
 * @param {(refusal: {event: object, reason: string, field: string, detail: string}) => void}
 *   [options.onRefused] hears of each event the worker cannot use
 * @param {(reason: string, events: object[]) => void} [options.onLost] hears of events given up on
 * @param {object} [environment] the browser; tests bring their own
 */
export function createBeacon(options, environment = globalThis) {
  if (typeof options?.url !== 'string' || options.url === '') {
    throw new TypeError('createBeacon: url is missing, expected the address of /v1/events.');
  }
  const maxQueue = positive(options, 'maxQueue', 500);
  const batchSize = positive(options, 'batchSize', 20);
  const delayMs = positive(options, 'delayMs', 2_000);
  const counts = { accepted: 0, refused: 0, beaconed: 0, lost: {} };
  let consent = options.consent === true;
  let queue = [];
  let timer;
  let sending = false;
  let pauseMs = 0;

  function track(event) {
    if (!consent) {
      return drop('no_consent', [event]);
    }
    const complete = completed(event);
    if (size([complete]) > MAX_BODY_BYTES) {
      return drop('too_large', [complete]);
    }
    if (queue.length >= maxQueue) {
      return drop('queue_full', [complete]);
    }
    queue.push(complete);
    schedule();
    return true;
  }

  function completed(event) {
    const defaults = { event_id: environment.crypto.randomUUID(), timestamp: environment.Date.now() };
    if (options.clientId) defaults.client_id = options.clientId;
    if (options.sessionId) defaults.session_id = options.sessionId;
    return { ...defaults, ...event };
  }

  function setConsent(agreed) {
    consent = agreed === true;
    if (!consent && queue.length > 0) {
      drop('no_consent', queue.splice(0));
    }
  }

  function schedule() {
    if (sending || queue.length === 0) return;
    if (queue.length >= batchSize && pauseMs === 0) {
      void flush();
    } else if (timer === undefined) {
      timer = environment.setTimeout(() => void flush(), Math.max(delayMs, pauseMs));
    }
  }

  /** Sends one batch now; resolves once its fate is known. */
  async function flush() {
    environment.clearTimeout(timer);
    timer = undefined;
    if (sending || queue.length === 0) return;
    sending = true;
    const batch = queue.splice(0, fitting(queue, batchSize));
    try {
      await post(batch);
    } finally {
      sending = false;
      schedule();
    }
  }

  async function post(batch) {
    let response;
    try {
      response = await environment.fetch(options.url, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' }, // JSON without a preflight request
        body: body(batch),
        keepalive: true,
        credentials: 'omit',
      });
    } catch {
      again(batch);
      return;
    }
    if (response.status === 429 || response.status >= 500) {
      again(batch, Number(response.headers.get('retry-after')) * 1_000);
    } else if (response.status === 202) {
      pauseMs = 0;
      settle(batch, await response.json().catch(() => ({ accepted: batch.length, refused: [] })));
    } else {
      pauseMs = 0;
      drop(`http_${response.status}`, batch);
    }
  }

  function settle(batch, reply) {
    counts.accepted += reply.accepted;
    for (const { index, ...why } of reply.refused ?? []) {
      counts.refused += 1;
      options.onRefused?.({ event: batch[index], ...why });
    }
  }

  /** Puts a batch back in front; what no longer fits is the youngest. */
  function again(batch, askedMs = 0) {
    pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(askedMs || 0, pauseMs * 2, FIRST_PAUSE_MS));
    if (!consent) {
      drop('no_consent', batch);
      return;
    }
    queue = batch.concat(queue);
    if (queue.length > maxQueue) {
      drop('queue_full', queue.splice(maxQueue));
    }
  }

  /** The page may never run again: hands everything to the browser. */
  function leave() {
    while (consent && queue.length > 0) {
      const batch = queue.slice(0, fitting(queue, queue.length));
      if (!environment.navigator.sendBeacon(options.url, body(batch))) return;
      queue.splice(0, batch.length);
      counts.beaconed += batch.length;
    }
  }

  function drop(reason, events) {
    counts.lost[reason] = (counts.lost[reason] ?? 0) + events.length;
    options.onLost?.(reason, events);
    return false;
  }

  function onVisibility() {
    if (environment.document.visibilityState === 'hidden') leave();
  }

  environment.document?.addEventListener('visibilitychange', onVisibility);

  return {
    track,
    flush,
    setConsent,
    stats: () => ({ ...counts, lost: { ...counts.lost }, waiting: queue.length }),
    /** Hands over what waits and stops listening. */
    close() {
      leave();
      environment.clearTimeout(timer);
      environment.document?.removeEventListener('visibilitychange', onVisibility);
    },
  };
}

function positive(options, name, fallback) {
  const found = options[name] ?? fallback;
  if (!Number.isInteger(found) || found < 1) {
    throw new RangeError(`createBeacon: ${name} is ${found}, expected a whole number from 1.`);
  }
  return found;
}

const body = (events) => JSON.stringify({ events });

const size = (events) => encoder.encode(body(events)).length;

/** How many of the first events fit a body. */
function fitting(events, most) {
  let count = 0;
  let bytes = size([]);
  while (count < Math.min(most, events.length)) {
    bytes += encoder.encode(JSON.stringify(events[count])).length + 1;
    if (bytes > MAX_BODY_BYTES && count > 0) break;
    count += 1;
  }
  return count;
}
