// What stands around every view: the navigation, who is signed in, what is not sent.
import { effect, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Role, RoleSchema } from "#gen/kirikae/v1/access_service_pb";
import { lostSince } from "../api/connection";
import { sentenceOf } from "../api/failure";
import { isOneOf, resume, session, signOut } from "../api/session";
import { Announcer, toast } from "../parts/announcer";
import { Waiting } from "../parts/waiting";
import { view as signIn } from "../views/sign_in/view";
import { choose, language } from "../words/language";
import { tr } from "../words/sentence";
import { term } from "../words/terms";
import { dayAndTime, timeOfDay } from "../words/time";
import { Link } from "./link";
import { go, match, path } from "./router";
import { loadOthers, type Route, routes } from "./routes";
import type { View } from "./view";

interface Shown {
  route: Route;
  view: View;
  parameters: Record<string, string>;
  path: string;
}

// The view at the present path; null = none is there; undefined = it comes.
const shown = signal<Shown | null | undefined>(undefined);

effect(() => {
  const address = path.value;
  for (const route of routes) {
    const parameters = match(route.pattern, address);
    if (parameters === null) continue;
    void route.load().then(
      ({ view }) => {
        if (path.peek() === address) shown.value = { route, view, parameters, path: address };
      },
      // A newer program has other files.
      () => toast("bad", tr("This part of the page could not be loaded. Reload the page.")),
    );
    return;
  }
  shown.value = null;
});

// When the first view stands and the browser has nothing else to do.
effect(() => {
  if (session.value.state !== "in" || !shown.value) return;
  if ("requestIdleCallback" in window) requestIdleCallback(loadOthers);
  else setTimeout(loadOthers, 1000);
});

function isCurrent(route: Route): boolean {
  return route.pattern === path.value || (route.below !== undefined && path.value.startsWith(route.below));
}

function Navigation() {
  const own = routes.filter((route) => route.word && (route.roles === undefined || isOneOf(...route.roles)));
  return (
    <nav class="navigation" aria-label={tr("Views")}>
      <ul>
        {own.map((route) => (
          <li key={route.pattern}>
            <Link to={route.pattern} aria-current={isCurrent(route) ? "page" : undefined}>{route.word?.()}</Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Header() {
  const { value } = session;
  const other = language.value === "ja" ? "en" : "ja";
  return (
    <header class="header">
      <Link class="name" to="/" aria-label={tr("Kirikae: to the first view")}>{language.value === "ja" ? "切替" : "Kirikae"}</Link>
      {value.state === "in" && <Navigation />}
      <div class="who">
        {value.state === "in" && <span><bdi>{value.who.actor}</bdi> {term(RoleSchema, value.who.role)}</span>}
        <button class="button plain" type="button" lang={other} onClick={() => void choose(other).catch(() => toast("bad", tr("This part of the page could not be loaded. Reload the page.")))}>{other === "ja" ? "日本語" : "English"}</button>
        {value.state === "in" && <button class="button plain" type="button" onClick={() => void signOut().then((wrong) => wrong && toast("bad", wrong))}>{tr("Sign out")}</button>}
      </div>
    </header>
  );
}

function Notices() {
  const { value } = session;
  return (
    <div role="status">
      {lostSince.value && value.state === "in" && (
        <p class="notice">{tr("No answer from the service since {time}. What you enter is kept in this browser and sent when it answers.", { time: timeOfDay(lostSince.value) })}</p>
      )}
      {value.state === "in" && value.who.expiresSoon && (
        <p class="notice">{tr("Your token expires on {day}. Ask an administrator for a new one in time.", { day: dayAndTime(value.who.expireTime) })}</p>
      )}
      {value.state === "in" && value.who.role === Role.ADMIN && value.who.clockBehindSeconds > 0n && (
        <p class="notice">{tr("The service's clock is behind its newest record. Correct the clock.")}</p>
      )}
    </div>
  );
}

function CurrentView() {
  const now = shown.value;
  const main = useRef<HTMLDivElement>(null);
  const before = useRef(now?.path);
  const title = now === null ? tr("No such page") : (now?.view.title(now.parameters) ?? "");
  useEffect(() => {
    document.title = title === "" ? "Kirikae 切替" : `${title} | Kirikae 切替`;
  }, [title]);
  useEffect(() => {
    // After a step to another view a screen reader reads its heading. Some views put the focus themselves.
    if (now && before.current !== undefined && before.current !== now.path && !main.current?.contains(document.activeElement)) {
      const heading = main.current?.querySelector("h1");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus();
    }
    before.current = now?.path;
  }, [now]);
  return (
    <div ref={main}>
      {now === undefined && <Waiting />}
      {now === null && (
        <div class="stack">
          <h1>{tr("No such page")}</h1>
          <p>{tr("Nothing stands at this address. It may be mistyped.")}</p>
          <p><Link class="button" to="/">{tr("To the look-up")}</Link></p>
        </div>
      )}
      {now && <now.view.Body key={now.path} parameters={now.parameters} />}
    </div>
  );
}

function Content() {
  const { value } = session;
  useEffect(() => {
    if (value.state === "out") document.title = `${signIn.title({})} | Kirikae 切替`;
  }, [value.state, language.value]);
  useEffect(() => {
    if (value.state === "in" && path.value === "/sign-in") go("/");
  }, [value.state, path.value]);
  if (value.state === "in" || (shown.value === null && path.value !== "/sign-in")) return <CurrentView />;
  if (value.state === "out") return <signIn.Body parameters={{}} />;
  if (value.state === "unreachable") {
    return (
      <div class="box bad stack" role="alert">
        <p>{sentenceOf(value.failure)}</p>
        <p><button class="button" type="button" onClick={() => void resume()}>{tr("Try again")}</button></p>
      </div>
    );
  }
  return <Waiting />;
}

export function Shell() {
  return (
    <>
      <a class="skip" href="#main">{tr("Skip to the content")}</a>
      <Header />
      <Notices />
      <main class="main" id="main" tabIndex={-1}><Content /></main>
      <Announcer />
    </>
  );
}
