// Addresses of the devices that a number counts: the filter language of the command line.

/** A text as a value of a filter. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** Where the devices stand for which all of these conditions hold; "" is none. */
export function devicesWhere(...conditions: string[]): string {
  const filter = conditions.filter((one) => one !== "").join(" AND ");
  return `/devices?${new URLSearchParams({ filter })}`;
}
