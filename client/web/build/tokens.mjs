// The design tokens that our styles use, and no more: https://design.digital.go.jp/ (MIT).
import { readFileSync } from "node:fs";

const use = /var\((--[\w-]+)/g;

// The rule `:root {…}` with each token of the file that the styles name, directly or through another.
export function usedTokens(file, styles) {
  const values = new Map();
  for (const [, name, value] of readFileSync(file, "utf8").matchAll(/^\s*(--[\w-]+):\s*(.+);$/gm)) {
    values.set(name, value);
  }
  const wanted = new Set();
  const take = (text) => {
    for (const [, name] of text.matchAll(use)) {
      if (!values.has(name) || wanted.has(name)) continue;
      wanted.add(name);
      take(values.get(name));
    }
  };
  take(styles);
  return `:root{${[...wanted].map((name) => `${name}:${values.get(name)};`).join("")}}`;
}
