// The engine of the console: it loads the graph once and answers one query after another.
import init, { Store } from "./oxigraph/web.js";

let opened = null;

const open = async () => {
  postMessage({ state: "loading the engine …" });
  await init({ module_or_path: new URL("./oxigraph/web_bg.wasm", import.meta.url) });
  postMessage({ state: "loading the graph …" });
  const answer = await fetch(new URL("../data/graph.nq", import.meta.url));
  if (!answer.ok) throw new Error(`the graph could not be fetched: ${answer.statusText}`);
  const store = new Store();
  store.load(await answer.text(), { format: "application/n-quads", unchecked: true });
  return store;
};

const plain = (term) => (term ? { type: term.termType, value: term.value } : null);

const tabled = (result) => {
  if (typeof result === "boolean") return { columns: ["answer"], rows: [[{ type: "Literal", value: String(result) }]] };
  if (result.length === 0) return { columns: [], rows: [] };
  if (result[0] instanceof Map) {
    const columns = [...new Set(result.flatMap((row) => [...row.keys()]))];
    return { columns, rows: result.map((row) => columns.map((name) => plain(row.get(name)))) };
  }
  return {
    columns: ["subject", "predicate", "object"],
    rows: result.map((quad) => [plain(quad.subject), plain(quad.predicate), plain(quad.object)]),
  };
};

addEventListener("message", async ({ data }) => {
  try {
    opened ??= open();
    const store = await opened;
    postMessage({ state: "asking …" });
    postMessage(tabled(store.query(data.query)));
  } catch (error) {
    postMessage({ error: String(error.message ?? error) });
  }
});
