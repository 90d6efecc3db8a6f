import { render } from "preact";
import { resume } from "./api/session";
import { Shell } from "./app/shell";
import { speak } from "./words/language";
import "./look/index.css";

const place = document.getElementById("page");
if (place === null) throw new Error("the page has no place");
void resume();
speak().then(
  () => render(<Shell />, place),
  () => document.getElementById("not-loaded")?.removeAttribute("hidden"),
);
