/* Answers wait here, one key an item, until the server says that it kept them: a closed tab or a dead line loses
   nothing. Where the browser lets us keep nothing, they wait in the page. */

const memory = new Map();
const box = () => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
};
const read = (key) => memory.get(key) ?? box()?.getItem(key) ?? null;
const keys = () => [...new Set([...memory.keys(), ...Object.keys(box() ?? {})])];
const write = (key, text) => {
  try {
    box().setItem(key, text);
    memory.delete(key);
  } catch {
    memory.set(key, text);
  }
};
const remove = (key) => {
  memory.delete(key);
  box()?.removeItem(key);
};

/* When something was put here, in ms; 0 for what was not put by us. */
const putAt = (text) => {
  try {
    return Number(JSON.parse(text)[1]) || 0;
  } catch {
    return 0;
  }
};

const LONGEST_WAIT = 30000; // ms between two attempts
const FORGOTTEN = 30 * 24 * 3600 * 1000; // ms after which nobody comes back for what waits elsewhere
const ALIVE = 60000; // bytes that a browser still sends when the page is closed; more it does not begin to send
const bytes = (text) => new TextEncoder().encode(text).length;

export class Outbox {
  #mine; // by key the text that this page has waiting
  #sending = null;
  #timer = 0;
  #failures = 0;
  #oneByOne = false;
  #renewed = false;

  /* `config.store` begins the keys of this questionnaire, `config.owner` those of all that may stand here for the same
     person. `page` holds token (where there is one) and revision of this page; `tell(state, answer)` hears how it
     goes. */
  constructor(config, page, tell) {
    Object.assign(this, { config, page, tell, prefix: config.store });
    const left = keys().filter((key) => key.startsWith(config.owner));
    this.#mine = new Map(left.filter((key) => key.startsWith(this.prefix)).map((key) => [key, read(key)]));
    for (const key of left) if (!this.#mine.has(key) && Date.now() - putAt(read(key)) > FORGOTTEN) remove(key);
    addEventListener("online", () => this.flush());
    addEventListener("focus", () => this.flush());
    document.addEventListener("visibilitychange", () => this.flush());
  }

  /* What was not acknowledged yet: [page, field, value]. */
  get waiting() {
    return this.#items().map(({ page, field, value }) => [page, field, value]);
  }

  put(page, field, value) {
    const key = `${this.prefix}${page}/${field}`;
    const text = JSON.stringify([value, Date.now() + Math.random()]);
    this.#mine.set(key, text);
    write(key, text);
    this.tell("busy");
  }

  /* True when nothing waits any more. */
  flush() {
    clearTimeout(this.#timer);
    this.#sending ??= this.#send().finally(() => (this.#sending = null));
    return this.#sending;
  }

  async #send() {
    let answer = null;
    for (let batch = this.#next(); batch.length; batch = this.#next()) {
      this.tell("busy");
      let response;
      try {
        response = await this.#post(batch);
        answer = await response.json().catch((error) => (response.ok ? Promise.reject(error) : {}));
      } catch {
        return this.#later("offline");
      }
      const single = batch.length === 1;
      if (response.ok) {
        this.#failures = 0;
        this.#oneByOne = this.#renewed = false;
        this.#drop(batch);
        this.tell(this.#next().length ? "busy" : "saved", answer, batch[0].page);
      } else if (answer.error === "stale" && !this.#renewed && (await this.#renew())) {
        this.#renewed = true;
      } else if (response.status === 401 || answer.error === "stale") {
        return this.#later("signedOut");
      } else if (response.status === 404 || answer.error === "dead") {
        return this.#later("gone");
      } else if (response.status >= 500 || response.status === 429) {
        return this.#later("failed");
      } else if (single || response.status === 409 || response.status === 410) {
        this.#drop(batch);
        this.tell("refused", answer);
      } else {
        this.#oneByOne = true;
      }
    }
    return true;
  }

  /* All that waits, except what another tab wrote over: that is for that tab to send. */
  #items() {
    return [...this.#mine].filter(([key, text]) => read(key) === text).map(([key, text]) => {
      const [page, field] = key.slice(this.prefix.length).split("/");
      return { key, text, page, field, value: JSON.parse(text)[0] };
    });
  }

  /* The waiting items of one page, since they go to the server together. */
  #next() {
    const items = this.#items();
    const batch = items.filter((item) => item.page === items[0].page);
    return this.#oneByOne ? batch.slice(0, 1) : batch;
  }

  #post(batch) {
    const body = { page: batch[0].page, answers: {} };
    if (body.page === this.config.page) body.revision = this.page.revision;
    for (const { field, value } of batch) {
      if (this.config.beside.includes(field)) body[field] = value;
      else body.answers[field] = value;
    }
    const headers = { Accept: "application/json", "Content-Type": "application/json" };
    if (this.page.token) headers["X-CSRFToken"] = this.page.token;
    const sent = JSON.stringify(body);
    return fetch(this.config.save, { method: "POST", keepalive: bytes(sent) < ALIVE, headers, body: sent });
  }

  /* What was changed again while it was under way keeps waiting. */
  #drop(batch) {
    for (const { key, text } of batch) {
      if (read(key) === text) remove(key);
      if (this.#mine.get(key) === text) this.#mine.delete(key);
    }
  }

  /* After signing in again this page's token is of a session that ended. */
  async #renew() {
    try {
      const response = await fetch(this.config.token, { headers: { Accept: "application/json" } });
      if (response.ok) this.page.token = (await response.json()).token;
      return response.ok;
    } catch {
      return false;
    }
  }

  #later(state) {
    this.tell(state);
    this.#renewed = false;
    this.#timer = setTimeout(() => this.flush(), Math.min(LONGEST_WAIT, 1000 * 2 ** this.#failures++));
    return false;
  }
}
