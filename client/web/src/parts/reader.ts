// A barcode reader is a keyboard. Its keys are read by their place (KeyboardEvent.code), which no input method changes.

const most = 64;
/** The longest time between two keys of a reader, in milliseconds. */
const burstGap = 35;
/** The fewest characters of a burst. */
const burstLeast = 4;

const others: Record<string, string> = {
  Minus: "-", NumpadSubtract: "-", Slash: "/", NumpadDivide: "/", Period: ".", NumpadDecimal: ".", NumpadMultiply: "*", Space: " ",
};
// With Shift: on the keyboards of the United States and of Japan.
const shifted: Record<string, string> = { Digit8: "*", Quote: "*", Minus: "_", IntlRo: "_" };

/** The character at a key's place; "" = none. A bracket stands where either keyboard has it, at the beginning only. */
export function characterOf(code: string, shift: boolean, first: boolean): string {
  const special = shift ? shifted[code] : undefined;
  if (special !== undefined) return special;
  if (/^Key[A-Z]$/.test(code)) return code.slice(3);
  if (/^(Digit|Numpad)\d$/.test(code)) return code.slice(-1);
  if (first && (code === "BracketRight" || code === "Backslash")) return "]";
  return others[code] ?? "";
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !/^(radio|checkbox|button|submit)$/.test(target.type));
}

/**
 * Hears scans until the returned function is called. On the pad (an element that is no text field) keys count at any speed;
 * elsewhere outside a text field only a burst does.
 */
export function hearReader(isPad: (target: EventTarget | null) => boolean, onScan: (text: string) => void, onTyped: (text: string) => void): () => void {
  let text = "";
  let last = 0;
  let fast = true;
  const clear = () => {
    text = "";
    fast = true;
    onTyped("");
  };
  const hear = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTextField(event.target)) return;
    const pad = isPad(event.target);
    const gap = event.timeStamp - last;
    if (event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Tab") {
      const isScan = text.length >= burstLeast && fast && gap < burstGap;
      if (isScan || (pad && text !== "" && event.code !== "Tab")) {
        // The end of a scan presses no button and moves no focus.
        event.preventDefault();
        event.stopPropagation();
        const whole = text;
        clear();
        onScan(whole);
      } else {
        clear();
      }
      return;
    }
    if (pad && event.code === "Escape") return clear();
    if (pad && event.code === "Backspace") {
      text = text.slice(0, -1);
      onTyped(text);
      return;
    }
    if (text !== "" && gap >= burstGap) {
      if (pad) fast = false;
      else clear();
    }
    const character = characterOf(event.code, event.shiftKey, text === "");
    if (character === "") return;
    last = event.timeStamp;
    text = (text + character).slice(-most);
    if (pad) {
      event.preventDefault();
      onTyped(text);
    }
  };
  document.addEventListener("keydown", hear, true);
  return () => document.removeEventListener("keydown", hear, true);
}
