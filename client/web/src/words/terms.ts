// The words of closed sets (methods, states, causes), which the service has.
import type { DescEnum } from "@bufbuild/protobuf";
import { signal } from "@preact/signals";
import { TermsService, type TermSet } from "#gen/kirikae/v1/terms_service_pb";
import { client } from "../api/transport";
import { said } from "./language";

type Words = Map<string, Map<string, { en: string; ja: string }>>;

const words = signal<Words>(new Map());

function mapOf(sets: TermSet[]): Words {
  return new Map(
    sets.map(({ name, terms }) => [
      name,
      new Map(terms.flatMap((term) => (term.text ? [[term.name, term.text]] : []))),
    ]),
  );
}

/** Asks the service for the words, once after a sign-in. */
export async function loadTerms(): Promise<void> {
  const { enums, fields } = await client(TermsService).listTerms({});
  words.value = mapOf([...enums, ...fields]);
}

/** The word of an enumeration's value; "" for UNSPECIFIED. */
export function term(set: DescEnum, value: number): string {
  if (value === 0) return "";
  const name = set.value[value]?.name ?? String(value);
  return said(words.value.get(set.name)?.get(name)) || name;
}

/** The values of an enumeration that people choose from, with their words. */
export function choices(set: DescEnum): { value: number; word: string }[] {
  return set.values.filter(({ number }) => number !== 0).map(({ number }) => ({ value: number, word: term(set, number) }));
}

/** What people call a field of a message: `label("Device", "host_name")`. */
export function label(message: string, field: string): string {
  return said(words.value.get(message)?.get(field)) || field;
}
