/** Gives the visitor a file. */
export function download(name: string, type: string, parts: BlobPart[]): void {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it over by then.
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Gives the visitor a file, gathered from the parts of an answer. */
export async function downloadParts(name: string, type: string, parts: AsyncIterable<{ chunk: Uint8Array }>): Promise<void> {
  const chunks: BlobPart[] = [];
  for await (const { chunk } of parts) chunks.push(chunk as Uint8Array<ArrayBuffer>);
  download(name, type, chunks);
}
