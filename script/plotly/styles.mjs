// Writes plotly.js's own style rules as a file, since it may not write them into the page. The rules of its toolbar
// and its cloud dialogue are left out, and its pointers: the pictures have nothing to press.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const rules = {};
const source = readFileSync(createRequire(import.meta.url).resolve("plotly.js/build/plotcss.js"), "utf8");
const lib = { addStyleRule: (selector, rule) => { rules[selector] = rule; } };
new Function("require", "module", source)(() => lib, {});

for (const [selector, rule] of Object.entries(rules)) {
  if (!/modebar|cursor|cloud|data-title|notifier|input|button|svg a|X a|\ba\b/.test(selector)) {
    console.log(`${selector} { ${rule.replace(/font-family:[^;]*;/, "")} }`);
  }
}
