import type { JSX } from "preact";

/** What a view's folder gives: `export const view: View`. */
export interface View {
  /** The title of the browser's tab, and the view's name for screen readers. */
  title(parameters: Record<string, string>): string;
  /** The view; it is made anew when the path changes. It has one h1. */
  Body(props: { parameters: Record<string, string> }): JSX.Element;
}
