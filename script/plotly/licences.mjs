// Writes the licence of every package that ended up in the bundle.
import { readFileSync, readdirSync } from "node:fs";

const packages = new Set();
const [{ inputs }] = Object.values(JSON.parse(readFileSync("meta.json", "utf8")).outputs);
for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
  if (!bytesInOutput) continue;
  const inside = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  if (path.includes("node_modules/")) {
    const name = inside.split("/").slice(0, inside.startsWith("@") ? 2 : 1).join("/");
    packages.add(path.slice(0, path.length - inside.length) + name);
  }
}
const texts = new Map();
for (const folder of [...packages].sort()) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : `Licence: ${JSON.stringify(license)}`;
  texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
}
for (const [text, names] of texts) console.log(`${names.join(", ")}\n\n${text}\n\n${"-".repeat(80)}\n`);
