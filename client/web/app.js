// The page: signing in, and the help desk's look-up.
const words = {
  ja: {
    token: "トークン（担当者から渡された krk_ で始まる文字列）", signIn: "サインイン", signOut: "サインアウト",
    query: "端末を探す（資産管理番号・下4桁・ホスト名・職員番号・氏名・カナ）", noMatch: "該当する端末はありません。",
    more: "ほかにも該当があります。文字を足してください。", lost: "サービスにつながりません。入力は残っています。もう一度試してください。",
    since: "から", user: "使用者", planned: "予定", state: "状態", advice: "案内", last: "最後の変更", people: (n) => `該当する職員 ${n}人`,
  },
  en: {
    token: "Token (the text beginning with krk_ that you were given)", signIn: "Sign in", signOut: "Sign out",
    query: "Find a device (tag, last digits, host name, staff number, name, kana)", noMatch: "No device matches.",
    more: "More devices match. Type more.", lost: "The service can't be reached. What you typed is kept. Try again.",
    since: "since", user: "user", planned: "planned", state: "state", advice: "what to do", last: "last change", people: (n) => `${n} people match`,
  },
};
const byId = (id) => document.getElementById(id);
let language = localStorage.getItem("language") ?? (navigator.language.startsWith("ja") ? "ja" : "en");
let terms = new Map();
let asked = null;

class Refused extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

// Calls an RPC by the Connect protocol.
async function call(method, request, signal) {
  let answer;
  try {
    answer = await fetch(`/kirikae.v1.${method}`, {
      method: "POST",
      headers: { "content-type": "application/json", "connect-protocol-version": "1" },
      body: JSON.stringify(request),
      signal,
    });
  } catch (fault) {
    if (fault.name === "AbortError") throw fault;
    throw new Refused("unavailable", words[language].lost);
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new Refused(body.code, body.message ?? words[language].lost);
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function term(value) {
  return terms.get(value)?.[language] ?? value;
}

function row(list, name, value) {
  if (!value) return;
  list.append(element("dt", name), element("dd", value));
}

function card(match) {
  const say = words[language];
  const { card: shown } = match;
  const { device } = shown;
  const item = document.createElement("li");
  item.append(element("p", device.assetTag, "tag"));
  item.append(element("p", term(shown.effectiveMethod), "method"));
  const list = document.createElement("dl");
  row(list, say.user, (device.users ?? []).map((user) => user.name ?? user.staffNumber).join("、"));
  row(list, say.state, shown.stateText?.[language]);
  row(list, say.planned, [shown.plannedDay, shown.plannedMethod && term(shown.plannedMethod)].filter(Boolean).join(" "));
  row(list, say.advice, shown.advice?.[language]);
  row(list, say.last, shown.lastChangeText?.[language]);
  item.append(list);
  return item;
}

async function lookUp() {
  asked?.abort();
  const query = byId("query").value.trim();
  if (query === "") {
    byId("matches").replaceChildren();
    byId("state").textContent = "";
    return;
  }
  asked = new AbortController();
  try {
    const answer = await call("InventoryService/LookupDevices", { query, pageSize: 10 }, asked.signal);
    const matches = answer.matches ?? [];
    byId("matches").replaceChildren(...matches.map(card));
    const say = words[language];
    byId("state").textContent = matches.length === 0 ? (answer.peopleCount ? say.people(answer.peopleCount) : say.noMatch) : answer.more ? say.more : "";
  } catch (fault) {
    if (fault.name === "AbortError") return;
    if (fault.code === "unauthenticated") return showSignIn("");
    byId("state").textContent = fault.message;
  }
}

function showSignIn(message) {
  byId("sign-in").hidden = false;
  byId("look-up").hidden = true;
  byId("sign-out").hidden = true;
  byId("who").textContent = "";
  byId("matches").replaceChildren();
  byId("sign-in-error").textContent = message;
  byId("token").focus();
}

async function start() {
  try {
    const me = await call("AccessService/WhoAmI", {});
    const listed = await call("TermsService/ListTerms", {});
    terms = new Map((listed.enums ?? []).flatMap((set) => set.terms.map((one) => [one.name, one.text])));
    byId("who").textContent = `${me.actor} · ${term(me.role)}`;
    byId("sign-in").hidden = true;
    byId("look-up").hidden = false;
    byId("sign-out").hidden = false;
    byId("query").focus();
  } catch (fault) {
    showSignIn(fault.code === "unauthenticated" ? "" : fault.message);
  }
}

function label() {
  const say = words[language];
  document.documentElement.lang = language;
  byId("token-label").textContent = say.token;
  byId("sign-in-button").textContent = say.signIn;
  byId("sign-out").textContent = say.signOut;
  byId("query-label").textContent = say.query;
  byId("language").textContent = language === "ja" ? "English" : "日本語";
  byId("language").lang = language === "ja" ? "en" : "ja";
}

byId("language").addEventListener("click", () => {
  language = language === "ja" ? "en" : "ja";
  localStorage.setItem("language", language);
  label();
  lookUp();
});
byId("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const answer = await fetch("/signin", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: byId("token").value.trim() }),
    });
    if (answer.ok) {
      byId("token").value = "";
      await start();
      return;
    }
    const body = await answer.json();
    showSignIn(language === "ja" ? body.messageJa : body.message);
  } catch {
    byId("sign-in-error").textContent = words[language].lost;
  }
});
byId("sign-out").addEventListener("click", async () => {
  await fetch("/signout", { method: "POST" }).catch(() => undefined);
  showSignIn("");
});
let waiting;
byId("query").addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(lookUp, 120);
});
byId("look-up").addEventListener("submit", (event) => {
  event.preventDefault();
  lookUp();
});
label();
start();
