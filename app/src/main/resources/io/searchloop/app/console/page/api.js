/** Talks to the console's server. A refusal is an error whose message is the problem's detail. */

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.detail ?? `The console answered ${response.status}.`);
  return body;
}

export const get = async path => answer(await fetch(path, {headers: {accept: 'application/json'}}));

export const post = async (path, body) =>
  answer(await fetch(path, {
    method: 'POST',
    headers: {'content-type': 'application/json', 'x-searchloop-console': '1'},
    body: JSON.stringify(body)
  }));

/** Asks again and again while the page is looked at, path or function of it; returns a function that asks at once. */
export function poll(path, everyMs, take, failed) {
  let timer;
  let asking = false;
  async function ask() {
    if (asking) return;
    clearTimeout(timer);
    asking = true;
    try {
      if (!document.hidden) take(await get(typeof path === 'function' ? path() : path));
    } catch (problem) {
      failed?.(problem);
    } finally {
      asking = false;
      timer = setTimeout(ask, everyMs);
    }
  }
  ask();
  return ask;
}
