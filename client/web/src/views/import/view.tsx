// Importing a file: choose, look at every row and fault, apply exactly that, undo.
import { Link } from "../../app/link";
import { go, query } from "../../app/router";
import type { View } from "../../app/view";
import { tr } from "../../words/sentence";
import { Choose } from "./choose";
import { Shown } from "./shown";
import "./import.css";

function ImportView() {
  const preview = query.value.get("preview") ?? "";
  return (
    <div class="stack">
      <div class="row">
        <h1 class="grow">{tr("Import")}</h1>
        {preview !== "" && <Link class="button" to="/devices/import">{tr("Another file")}</Link>}
        <Link class="button" to="/devices">{tr("To the devices")}</Link>
      </div>
      {preview === "" ? <Choose onPreview={({ name }) => go(`/devices/import?preview=${name.split("/")[1]}`)} /> : <Shown key={preview} name={`imports/${preview}`} />}
    </div>
  );
}

export const view: View = { title: () => tr("Import"), Body: ImportView };
