// What shoppers do, as a storefront would know it: plain objects with the fields of search_event.

const PAGE = ['mug-red', 'mug-blue', 'mug-green'];

/**
 * Events of made-up searches: each page is shown, its second product clicked, put in the cart and
 * bought. A real shop takes `query_id` from the answer of /v1/search.
 */
export function* shopping({ events, prefix, startMs }) {
  for (let n = 0; n < events; n++) {
    const search = Math.floor(n / STEPS.length);
    const step = STEPS[n % STEPS.length];
    yield {
      event_id: `${prefix}-${n}`,
      query_id: `${prefix}-${search}`,
      client_id: `${prefix}-visitor-${search}`,
      timestamp: startMs + n,
      ...step(search, prefix),
    };
  }
}

const STEPS = [
  () => ({ action_name: 'impression', page: PAGE }),
  () => ({ action_name: 'click', object_id: PAGE[1], position_ordinal: 2 }),
  () => ({ action_name: 'add_to_cart', object_id: PAGE[1] }),
  (search, prefix) => ({
    action_name: 'purchase',
    object_id: PAGE[1],
    order_id: `${prefix}-order-${search}`,
    order_line: 1,
    quantity: 1,
    minor_units: 1299,
    currency: 'EUR',
  }),
];
