import { Link } from "../app/link";

/** The view of a record such as `devices/TSM-00123`; "" = it has none. */
export function addressOf(record: string): string {
  const [kind, id = ""] = record.split("/");
  if (kind === "devices" || kind === "rollouts") return `/${kind}/${encodeURIComponent(id)}`;
  if (kind === "changeSets") return `/records/${encodeURIComponent(id)}`;
  if (kind === "imports") return `/devices/import?preview=${encodeURIComponent(id)}`;
  return "";
}

/** A record by its name, leading to its view where it has one. */
export function RecordLink({ name }: { name: string }) {
  const address = addressOf(name);
  const text = <bdi>{name.startsWith("devices/") || name.startsWith("changeSets/") ? name.slice(name.indexOf("/") + 1) : name}</bdi>;
  return address === "" ? text : <Link to={address}>{text}</Link>;
}
