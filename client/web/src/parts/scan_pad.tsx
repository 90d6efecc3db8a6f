// Where a barcode reader writes: an element that is no text field, so that no input method garbles it.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { tr } from "../words/sentence";
import { hearReader } from "./reader";
import "./scan_pad.css";

type Props = {
  onScan(text: string): void;
  /** What a scan does. */
  children: ComponentChildren;
};

/** Takes the focus, and hears scans while it is shown: at any speed in it, and bursts anywhere outside a text field. */
export function ScanPad({ onScan, children }: Props) {
  const pad = useRef<HTMLDivElement>(null);
  const newest = useRef(onScan);
  newest.current = onScan;
  const [typed, setTyped] = useState("");
  useEffect(() => {
    pad.current?.focus();
    return hearReader((target) => target === pad.current, (text) => newest.current(text), setTyped);
  }, []);
  return (
    <div ref={pad} class="pad" tabIndex={0} role="group" aria-label={tr("Scan field: scan a tag, or type it and press Enter")} data-pad>
      <p><strong class="ready">{tr("Ready to scan")}</strong><span class="not-ready">{tr("Press here to scan")}</span> {children}</p>
      <p class="typed">{typed || "\u00a0"}</p>
    </div>
  );
}
