// Run by BeaconTest, or by hand: node --test streams/src/test/js/beacon.test.mjs
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const source = await readFile(
  new URL('../../main/resources/io/searchloop/streams/http/beacon.js', import.meta.url),
  'utf8',
);
const { createBeacon } = await import(
  `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`
);

/** A browser whose clock, network and visibility the test moves. */
function browser(answers = []) {
  const page = {
    posts: [],
    beacons: [],
    timers: new Map(),
    listeners: new Set(),
    takesBeacons: true,
    crypto: { randomUUID: () => `id-${page.posts.length}-${page.made++}` },
    made: 0,
    Date: { now: () => 1_700_000_000_000 },
    setTimeout(task, ms) {
      page.timers.set(page.made, { task, ms });
      return page.made++;
    },
    clearTimeout: (id) => page.timers.delete(id),
    async fetch(url, request) {
      page.posts.push({ url, ...request, events: JSON.parse(request.body).events });
      const next = answers.shift() ?? { status: 202 };
      if (next === 'offline') throw new TypeError('Failed to fetch');
      const accepted = page.posts.at(-1).events.length - (next.refused?.length ?? 0);
      return {
        status: next.status,
        headers: { get: (name) => next.headers?.[name] ?? null },
        json: async () => ({ accepted, refused: next.refused ?? [] }),
      };
    },
    navigator: {
      sendBeacon(url, body) {
        if (!page.takesBeacons) return false;
        page.beacons.push({ url, bytes: body.length, events: JSON.parse(body).events });
        return true;
      },
    },
    document: {
      visibilityState: 'visible',
      addEventListener: (name, listener) => page.listeners.add(listener),
      removeEventListener: (name, listener) => page.listeners.delete(listener),
    },
    hide() {
      page.document.visibilityState = 'hidden';
      page.listeners.forEach((listener) => listener());
    },
    async passTime() {
      const due = [...page.timers.values()];
      page.timers.clear();
      due.forEach(({ task }) => task());
      await settled();
    },
  };
  return page;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const click = (object_id) => ({ action_name: 'click', query_id: 'q', object_id });
const beacon = (page, more = {}) =>
  createBeacon({ url: '/v1/events', clientId: 'me', consent: true, ...more }, page);

test('keeps and sends nothing without consent', async () => {
  const page = browser();
  const shy = beacon(page, { consent: undefined });

  assert.equal(shy.track(click('p1')), false);
  page.hide();
  await page.passTime();

  assert.deepEqual([page.posts.length, page.beacons.length], [0, 0]);
  assert.deepEqual(shy.stats().lost, { no_consent: 1 });
  shy.setConsent(true);
  page.hide();
  assert.equal(page.beacons.length, 0, 'what was done before consent is not sent after it');
});

test('forgets what waits when consent is withdrawn', async () => {
  const page = browser();
  const asked = beacon(page);
  asked.track(click('p1'));

  asked.setConsent(false);
  page.hide();
  await page.passTime();

  assert.deepEqual([page.posts.length, page.beacons.length], [0, 0]);
  assert.deepEqual(asked.stats(), {
    accepted: 0, refused: 0, beaconed: 0, lost: { no_consent: 1 }, waiting: 0,
  });
});

test('sends a full batch at once and a part of one after the delay', async () => {
  const page = browser();
  const tracked = beacon(page, { batchSize: 2 });
  ['p1', 'p2', 'p3'].forEach((p) => tracked.track(click(p)));
  await settled();

  assert.deepEqual(page.posts.map((p) => p.events.map((e) => e.object_id)), [['p1', 'p2']]);
  assert.equal(page.posts[0].headers['content-type'], 'text/plain');
  assert.equal(page.posts[0].credentials, 'omit');
  const [first] = page.posts[0].events;
  assert.equal(first.client_id, 'me');
  assert.equal(first.timestamp, 1_700_000_000_000);
  assert.notEqual(first.event_id, page.posts[0].events[1].event_id);

  await page.passTime();
  assert.deepEqual(page.posts[1].events.map((e) => e.object_id), ['p3']);
  assert.equal(tracked.stats().accepted, 3);
});

test('hands the rest to sendBeacon in pieces when the page is hidden', () => {
  const page = browser();
  const tracked = beacon(page, { batchSize: 500, sessionId: 's' });
  for (let i = 0; i < 10; i++) {
    tracked.track({ action_name: 'query', query_id: `q${i}`, user_query: 'ä'.repeat(5_000) });
  }

  page.hide();

  assert.equal(page.beacons.flatMap((b) => b.events).length, 10);
  assert.equal(page.beacons.length, 2);
  assert.ok(page.beacons.every((b) => Buffer.byteLength(JSON.stringify({ events: b.events })) <= 60_000));
  assert.deepEqual([tracked.stats().beaconed, tracked.stats().waiting], [10, 0]);
});

test('keeps what sendBeacon does not take', () => {
  const page = browser();
  const tracked = beacon(page);
  tracked.track(click('p1'));
  page.takesBeacons = false;

  page.hide();

  assert.deepEqual([tracked.stats().beaconed, tracked.stats().waiting], [0, 1]);
});

test('reports refused events with the event they are about', async () => {
  const refusal = { reason: 'MISSING_FIELD', field: 'object_id', detail: 'Field ...' };
  const page = browser([{ status: 202, refused: [{ index: 1, ...refusal }] }]);
  const heard = [];
  const tracked = beacon(page, { onRefused: (r) => heard.push(r) });
  tracked.track(click('p1'));
  tracked.track({ action_name: 'click', query_id: 'q' });

  await tracked.flush();

  assert.equal(heard.length, 1);
  assert.equal(heard[0].event.event_id, page.posts[0].events[1].event_id);
  assert.equal(heard[0].field, 'object_id');
  assert.deepEqual([tracked.stats().accepted, tracked.stats().refused], [1, 1]);
});

test('sends the same events again after an outage, later each time', async () => {
  const page = browser(['offline', { status: 503, headers: { 'retry-after': '7' } }]);
  const tracked = beacon(page);
  tracked.track(click('p1'));

  await tracked.flush();
  assert.equal([...page.timers.values()][0].ms, 2_000);
  await page.passTime();
  assert.equal([...page.timers.values()][0].ms, 7_000);
  await page.passTime();

  assert.equal(page.posts.length, 3);
  assert.equal(new Set(page.posts.map((p) => p.events[0].event_id)).size, 1);
  assert.deepEqual([tracked.stats().accepted, tracked.stats().waiting], [1, 0]);
});

test('gives up what the worker will never take, and counts it', async () => {
  const page = browser([{ status: 403 }]);
  const lost = [];
  const tracked = beacon(page, { onLost: (reason, events) => lost.push([reason, events.length]) });
  tracked.track(click('p1'));

  await tracked.flush();

  assert.deepEqual(lost, [['http_403', 1]]);
  assert.equal(tracked.stats().waiting, 0);
});

test('bounds what waits, also after an outage', async () => {
  const page = browser(['offline']);
  const tracked = beacon(page, { maxQueue: 3, batchSize: 2 });
  tracked.track(click('p1'));
  const sent = tracked.flush();
  ['p2', 'p3', 'p4'].forEach((p) => tracked.track(click(p)));
  assert.equal(tracked.track(click('p5')), false);
  await sent;

  assert.equal(tracked.stats().waiting, 3);
  assert.deepEqual(tracked.stats().lost, { queue_full: 2 });
  assert.equal(tracked.track({ user_query: 'x'.repeat(70_000) }), false);
  assert.equal(tracked.stats().lost.too_large, 1);
});

test('close hands over what waits and stops listening', () => {
  const page = browser();
  const tracked = beacon(page);
  tracked.track(click('p1'));

  tracked.close();

  assert.equal(page.beacons.length, 1);
  assert.deepEqual([page.listeners.size, page.timers.size], [0, 0]);
});

test('refuses options by name', () => {
  assert.throws(() => createBeacon({}, browser()), /url is missing/);
  assert.throws(() => beacon(browser(), { maxQueue: 0 }), /maxQueue is 0, expected/);
});
