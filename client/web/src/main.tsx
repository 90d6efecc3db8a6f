import { render } from "preact";
import { resume } from "./api/session";
import { Shell } from "./app/shell";
import "./look/index.css";

const place = document.getElementById("page");
if (place === null) throw new Error("the page has no place");
void resume();
render(<Shell />, place);
