/** A share, 0 to 1, as people read it. Rounded down, so that 96.96 % does not look like 97 %, a gate that it misses. */
export function percent(share: number): string {
  return `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)} %`;
}
