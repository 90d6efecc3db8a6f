import type { ComponentChildren, JSX } from "preact";
import { go } from "./router";

type Props = { to: string; children: ComponentChildren } & Omit<JSX.IntrinsicElements["a"], "href" | "onClick">;

/** A link within the page; with Ctrl, Shift or the middle button it opens a tab as any other. */
export function Link({ to, children, ...rest }: Props) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={to} onClick={follow}>{children}</a>;
}
