// A barcode reader, as the browser sees one.

function keyOf(character) {
  if (/[A-Z]/.test(character)) return { code: `Key${character}`, shift: true };
  if (/[0-9]/.test(character)) return { code: `Digit${character}`, shift: false };
  return { "-": { code: "Minus", shift: false }, "*": { code: "Digit8", shift: true }, "]": { code: "BracketRight", shift: false }, a: { code: "KeyA", shift: false } }[character];
}

/** Scans through the browser's own input with an input method on: every key is "Process" with key code 229. */
export async function scanWithInputMethod(page, cdp, text) {
  for (const character of text) {
    const { code, shift } = keyOf(character);
    const key = { key: "Process", code, windowsVirtualKeyCode: 229, modifiers: shift ? 8 : 0 };
    await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key });
    await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
  }
  const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 };
  await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enter });
  await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
}

/** Scans at a reader's speed wherever the focus is, `gap` milliseconds a key; ends with Enter or Tab. */
export async function scanBurst(page, text, { gap = 0, end = "Enter" } = {}) {
  const keys = [...text].map((character) => ({ ...keyOf(character), key: character }));
  await page.evaluate(async ({ keys, gap, end }) => {
    for (const { code, key, shift } of [...keys, { code: end, key: end, shift: false }]) {
      const target = document.activeElement ?? document.body;
      const event = new KeyboardEvent("keydown", { code, key, shiftKey: shift, bubbles: true, cancelable: true });
      if (target.dispatchEvent(event) && key === "Enter" && target instanceof HTMLButtonElement) target.click();
      if (gap > 0) await new Promise((resolve) => setTimeout(resolve, gap));
    }
  }, { keys, gap, end });
}
