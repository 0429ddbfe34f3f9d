/* What waited on this device for a link that is done with is thrown away. */

const { store } = document.querySelector("script[data-store]").dataset;
try {
  for (const key of Object.keys(localStorage)) if (key.startsWith(store)) localStorage.removeItem(key);
} catch {
  // a browser that keeps nothing has nothing to forget
}
