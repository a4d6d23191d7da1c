"use strict";
{
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const h = (name, props, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(props ?? {})) {
      if (key in made && key !== "list") made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...inside.filter((part) => part !== null && part !== undefined));
    return made;
  };
  const send = async (path, given) => {
    const asked = given === undefined ? {} : { method: "POST", body: JSON.stringify(given), headers: { "Content-Type": "application/json" } };
    let answer;
    try {
      answer = await fetch(path, asked);
    } catch {
      throw Object.assign(new Error("The desk does not answer: is 'legation desk' still running?"), { status: 0 });
    }
    if (!answer.ok) throw Object.assign(new Error((await answer.text()).trim()), { status: answer.status });
    return answer.json();
  };
  const say = (place, text) => { place.textContent = text; place.hidden = !text; };
  const slugged = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60).replace(/-+$/, "");

  const add = $("#add");
  add?.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { slug } = await send("add", Object.fromEntries(new FormData(add)));
      location.href = `article/${slug}`;
    } catch (fault) {
      say($(".wrong", add), fault.message);
    }
  });

  const main = $("main[data-article]");
  if (main) desk(main.dataset.article);

  async function desk(slug) {
    const here = (path) => `${encodeURIComponent(slug)}/${path}`;
    const sheet = $("#sheet");
    const wrong = $("main > .wrong");
    const choices = await send("../choices");
    const kinds = new Map(choices.kinds.map((kind) => [kind.id, kind]));
    const fits = (thing, range) => !range.length || !thing.types.length || thing.types.some((type) => range.includes(type));
    let state = null;
    let pen = null; // the form that is open: its element, the line it stands beside, what it gives

    const focus = (element) => {
      element?.focus({ preventScroll: true });
      element?.scrollIntoView({ block: "center" });
    };
    const show = (found) => {
      const held = document.activeElement.closest("[data-claim]")?.dataset.claim;
      const line = document.activeElement.closest("[data-line]")?.dataset.line;
      state = found;
      pen?.element.remove();
      sheet.replaceChildren(...new DOMParser().parseFromString(found.html, "text/html").body.childNodes);
      sheet.removeAttribute("aria-busy");
      for (const rule of all(".findings .rule", sheet)) { // which rule, and where in the file, for whoever asks
        const place = h("details", { className: "rule-of" }, h("summary", {}, "rule"));
        rule.replaceWith(place);
        place.append(rule);
      }
      const { claimed, omitted, open } = found.counts;
      const share = (count) => (100 * count) / (claimed + omitted + open || 1);
      $(".tally").textContent = `${claimed} claimed, ${omitted} left out, ${open} open${found.draft ? "" : found.errors ? ` · called complete, but errors are left: ${found.errors}` : " · complete"}`;
      $(".bar .claimed").setAttribute("width", share(claimed));
      $(".bar .omitted").setAttribute("x", share(claimed));
      $(".bar .omitted").setAttribute("width", share(omitted));
      $("[data-do=undo]").disabled = !found.undo;
      $("[data-do=finish]").disabled = found.draft && open > 0;
      $("[data-do=finish]").firstChild.textContent = found.draft ? "complete " : "reopen ";
      if (pen) $(`[data-line="${pen.line}"] .beside`, sheet)?.prepend(pen.element);
      else focus(all("[data-claim]", sheet).find((one) => one.dataset.claim === held) ?? $(`[data-line="${line}"] .text`, sheet));
    };
    const load = async () => show(await send(here("sheet")));
    const act = async (deed, given = {}) => {
      const place = pen ? $(".wrong", pen.element) : wrong;
      say(place, "");
      try {
        const found = await send(here(deed), { ...given, sha: state.sha });
        if (pen && ["claim", "omit", "head"].includes(deed)) close();
        show(found);
      } catch (fault) {
        if (fault.status === 409) await load();
        say(place, fault.status === 409 && deed !== "undo" ? `${fault.message}. The page now shows it as it is; what you typed is still here: look, and write again.` : fault.message);
      }
    };

    // --- choosing: a list that opens under what is typed, for the mouse, the keys and screen readers
    const combo = (label, look, choose) => {
      const list = h("ul", { role: "listbox", tabIndex: -1, hidden: true, id: `list-${(combo.count = (combo.count ?? 0) + 1)}`, "aria-label": label });
      const input = h("input", { role: "combobox", autocomplete: "off", spellcheck: false, "aria-label": label, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });
      let [offered, at, turn, is_resting] = [[], -1, 0, false];
      const open = (is) => { list.hidden = !is; input.setAttribute("aria-expanded", String(is)); };
      const mark = (number) => {
        at = number;
        all("li", list).forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
        input.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
        list.children[at]?.scrollIntoView({ block: "nearest" });
      };
      const take = (one) => { turn += 1; open(false); if (one) choose(one); };
      const refresh = async () => {
        const mine = ++turn;
        const found = await look(input.value.trim());
        if (mine !== turn || document.activeElement !== input) return;
        const typed = slugged(input.value);
        const named = (one) => slugged(one.fresh ?? `${one.label}${one.id ?? ""}`);
        // What is called just so goes first, then a name of these words, then what has more to its name.
        const just = (one) => (slugged(one.fresh ?? one.label) === typed ? (one.fresh ? Number(Boolean(one.kind)) : 2) : 0);
        offered = [...found].sort((a, b) => just(b) - just(a));
        list.replaceChildren(...offered.map((one, n) => {
          const row = h("li", { role: "option", id: `${list.id}-${n}`, title: one.hint ?? "" }, one.fresh ? `new: “${one.fresh}”` : one.label, h("small", {}, one.kind && !one.fresh ? ` ${one.kind}` : ""));
          row.addEventListener("pointerdown", (event) => { event.preventDefault(); take(one); });
          return row;
        }));
        open(offered.length > 0);
        mark(offered.length && named(offered[0]).includes(typed) ? 0 : -1); // Enter takes nothing that only looks alike
      };
      input.addEventListener("input", refresh);
      input.addEventListener("focus", () => { if (!is_resting && !input.classList.contains("set")) refresh(); });
      input.addEventListener("blur", () => { turn += 1; open(false); });
      input.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey) return;
        if (list.hidden) { if (event.key === "ArrowDown") { event.preventDefault(); refresh(); } return; }
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (by) { event.preventDefault(); mark((at + by + offered.length) % offered.length); }
        if (event.key === "Enter") { event.preventDefault(); take(offered[at]); }
        if (event.key === "Escape") { event.stopPropagation(); open(false); }
      });
      const rest = () => { is_resting = true; input.focus(); is_resting = false; }; // the list would hide what is below
      return { element: h("div", { className: "pick" }, input, list), input, rest };
    };
    // A thing by any spelling, or a new one in place.
    const picker = ({ label, range, value = "", name = "", context, fresh = true, after }) => {
      const look = async (typed) => {
        const own = context.things().filter((t) => fits(t, range) && (!typed || slugged(t.label + t.id).includes(slugged(typed))));
        const named = context.names();
        const found = typed
          ? await send(here(`things?q=${encodeURIComponent(typed)}&kinds=${encodeURIComponent(range.join(" "))}`)).catch(() => [])
          : named.flatMap((n) => n.things).filter((t) => fits(t, range));
        for (const one of found) context.seen?.set(one.id, one);
        const seen = new Set();
        const known = [...own, ...found].filter((t) => !seen.has(t.id) && seen.add(t.id));
        const strangers = named.filter((n) => (n.is_new || !n.things.length) && !own.some((t) => t.label === n.name) && slugged(n.name).includes(slugged(typed))).map((n) => ({ fresh: n.name, kind: n.kind, near: n.kind !== "title" && n.things.some((t) => fits(t, range)) }));
        if (!fresh) return known;
        const is_first = (n) => !n.near && (!typed || !own.length);
        known.unshift(...strangers.filter(is_first));
        known.push(...strangers.filter((n) => !is_first(n)));
        return typed && !strangers.some((n) => n.fresh === typed) ? [...known, { fresh: typed }] : known;
      };
      const made = combo(label, look, (one) => {
        if (one.id) { it.set(one.id, one.label); it.after(); }
        else { it.element.append(newThing(one.fresh, one.kind, range, context, it)); $(":scope > .new select", it.element)?.focus(); }
      });
      const it = { ...made, value, label: name || value, after: after ?? (() => made.input.focus()) };
      it.input.value = it.label;
      it.input.classList.toggle("set", Boolean(value));
      it.set = (id, words) => {
        Object.assign(it, { value: id, label: words });
        it.input.value = words;
        it.input.classList.add("set");
        $(".new", it.element)?.remove();
      };
      it.input.addEventListener("input", () => { it.value = ""; it.input.classList.remove("set"); });
      return it;
    };

    const options = (list, chosen) => list.map((kind) => h("option", { value: kind.id, selected: kind.id === chosen, title: kind.hint }, kind.label));
    const guess = { person: "leg:Person", state: "leg:State", body: "leg:Body", place: "leg:Place", office: "leg:Office", title: "leg:Office", instrument: "leg:Instrument", name: "leg:Person" };
    const newThing = (words, hinted, range, context, target) => {
      const fitting = choices.kinds.filter((kind) => !range.length || kind.above.some((one) => range.includes(one)));
      const special = ["report", "content"].map((prefix) => ({ id: `leg:${prefix[0].toUpperCase()}${prefix.slice(1)}`, label: prefix, hint: "", prefix, due: [], above: [] })).filter((one) => range.includes(one.id));
      fitting.unshift(...special);
      const wanted = fitting.find((kind) => kind.id === guess[hinted]) ?? special[0] ?? fitting.find((kind) => kind.id === "leg:Person") ?? fitting.find((kind) => range.includes(kind.id)) ?? fitting[0];
      if (!wanted) return h("div", { className: "new help" }, "nothing new can stand here");
      const kind = h("select", {}, ...options(fitting, wanted.id));
      const name = h("input", { value: words });
      const short = h("input", { value: slugged(words), spellcheck: false });
      const unnamed = h("input", { type: "checkbox" });
      const publisher = picker({ label: "published by", range: ["leg:Body"], context, fresh: false });
      const by = h("div", { className: "label" }, "published by (empty: the text names nobody)", publisher.element);
      const chosen = () => fitting.find((one) => one.id === kind.value);
      // What a class of the registry demands stands in the entry itself.
      const demanded = h("fieldset", {});
      const lacking = h("p", { className: "wrong", role: "alert", hidden: true });
      let due = [];
      const turn = () => {
        const one = chosen();
        unnamed.parentElement.hidden = !one.above.includes("leg:Agent") || !kinds.has(one.id) || one.prefix === "anon";
        by.hidden = one.prefix !== "report";
        if (demanded.dataset.of !== one.id) {
          demanded.dataset.of = one.id;
          due = one.registered && one.prefix !== "anon" ? one.due.map((prop) => ({ prop, it: picker({ ...choices.properties[prop], context, after: () => $(".main", box).focus() }) })) : [];
          demanded.replaceChildren(...due.map(({ prop, it }) => h("div", { className: "label" }, choices.properties[prop].label, it.element)));
        }
        const is_bound = unnamed.checked || ["report", "content", "anon"].includes(one.prefix);
        short.value = `${is_bound ? `${slug}-` : ""}${slugged(name.value)}`.slice(0, 80);
      };
      const make = () => {
        const one = chosen();
        const prefix = unnamed.checked ? "anon" : one.prefix;
        let id = `${prefix}:${short.value.trim()}`;
        // An office is called with whose it is, for others have a prime minister, too.
        const whose = due.find(({ prop }) => prop === "leg:officeOf")?.it;
        if (whose?.value && !slugged(name.value).includes(slugged(whose.label))) {
          const is_own = short.value === slugged(name.value);
          name.value += ` of ${whose.label}`;
          if (is_own) { short.value = slugged(name.value); id = `${prefix}:${short.value}`; }
        }
        const gap = due.find(({ it }) => !it.value);
        say(lacking, gap ? `${choices.properties[gap.prop].label}: choose it, or make it new` : "");
        if (gap) { gap.it.input.focus(); return; }
        context.made({ id, kind: one, label: name.value.trim(), publisher: publisher.value, is_registered: one.registered && prefix !== "anon", rows: due.map(({ prop, it }) => [prop, it.value]) });
        target.set(id, name.value.trim() || id);
        target.after();
      };
      const box = h("div", { className: "new" },
        h("div", { className: "pair" }, h("label", {}, "kind", kind), h("label", {}, "name, as the text has it", name), h("label", {}, "short name", short)),
        h("label", { className: "check" }, unnamed, "unnamed in the text"), by, demanded, lacking,
        h("p", { className: "acts" }, h("button", { type: "button", className: "main", onclick: make }, "make it"), h("button", { type: "button", onclick: () => { box.remove(); target.input.focus(); } }, "not this")));
      for (const one of [kind, name, unnamed]) one.addEventListener("input", turn);
      box.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.target.role !== "combobox" && event.target.tagName !== "BUTTON") { event.preventDefault(); event.stopPropagation(); make(); }
      });
      turn();
      return box;
    };

    // --- one value of a property
    const dated = (label, value, context) => {
      const input = h("input", { value, "aria-label": label, placeholder: "2031-05-02", spellcheck: false });
      const help = h("p", { className: "help" });
      const look = async () => {
        const text = input.value.trim();
        help.textContent = text ? "" : "day 2031-05-02, month 2031-05, year 2031, from … on 2031-05/.., about 2031-05~, one of [2031-05-01..2031-05-04]";
        if (text) help.textContent = await send(`../date?edtf=${encodeURIComponent(text)}`).then((found) => found.means || found.wrong, (fault) => fault.message);
      };
      const chips = h("div", { className: "chips" }, ...context.dates().filter((day) => day.edtf).map((day) => h("button", {
        type: "button",
        onclick: () => { input.value = day.edtf; look(); if (day.why !== "as written") context.reckoned(day); },
      }, h("b", {}, day.edtf), ` “${day.text}”: ${day.why}`)));
      input.addEventListener("input", look);
      look();
      return { element: h("div", {}, input, chips, help), get: () => input.value.trim(), input };
    };
    const valued = (prop, above, value, names, context, after) => {
      const { label, sort, values, range } = choices.properties[prop] ?? { label: prop, sort: "text", values: [], range: [] };
      const fitting = values.filter((one) => !one.of.length || !above.length || one.of.some((cls) => above.includes(cls)));
      if (values.length) {
        const select = h("select", { "aria-label": label }, h("option", { value: "" }, "choose"), ...options(fitting.length ? fitting : values, value));
        return { element: select, get: () => select.value, input: select };
      }
      if (sort === "thing" || sort === "graph") {
        const begins = () => [{ name: context.quote().split(/\s+/).slice(0, 6).join(" "), things: [] }];
        const it = picker({ label, range, value, name: names[value], after, context: sort === "graph" ? { ...context, names: begins } : context });
        return { element: it.element, get: () => it.value || it.input.value.trim(), input: it.input, label: () => it.label || it.value };
      }
      if (sort === "date") return dated(label, value, context);
      if (sort === "flag") {
        const tick = h("input", { type: "checkbox", checked: value !== "false", "aria-label": label });
        return { element: tick, get: () => (tick.checked ? "true" : ""), input: tick };
      }
      const text = h(sort === "number" ? "input" : "textarea", { "aria-label": label, rows: value.length > 60 ? 3 : 1, value });
      return { element: text, get: () => text.value.trim(), input: text };
    };

    // --- what is told of one thing
    const telling = (told, names, context, drop) => {
      const grouped = Map.groupBy(choices.kinds.filter((kind) => !kind.registered), (kind) => kind.group);
      const registered = choices.kinds.filter((kind) => kind.registered);
      const kind = h("select", {}, h("option", { value: "" }, "something known"),
        ...[...grouped].map(([group, list]) => h("optgroup", { label: group }, ...options(list, told.kind))),
        h("optgroup", { label: "unnamed" }, ...options(registered, told.kind)));
      const rows = h("div", { className: "facts" });
      const facts = [];
      const it = {};
      const others = { ...context, things: () => context.things().filter((one) => one.id !== it.last) };
      const thing = picker({ label: "which one", range: [], value: told.thing ?? "", name: names[told.thing], context: others, fresh: false, after: () => more.rest() });
      const classes = () => (kind.value ? kinds.get(kind.value)?.above : context.known(thing.value)?.types) ?? [];
      const says = () => {
        if (!kind.value && !thing.value) return [];
        const types = kind.value ? [kind.value] : classes();
        const said = types.flatMap((id) => kinds.get(id)?.says ?? []);
        return [...new Set(said.length ? said : Object.keys(choices.properties))].map((id) => choices.properties[id]);
      };
      const more = combo("say more", (typed) => says().filter((one) => slugged(one.label).includes(slugged(typed))), (one) => {
        more.input.value = "";
        const waits = facts.find((fact) => fact.prop === one.id && !fact.given.get());
        if (waits) waits.given.input.focus();
        else row(one.id, "", true);
      });
      more.input.placeholder = "say more …";
      const row = (prop, value = "", begin = false) => {
        const given = valued(prop, classes(), value, names, context, () => more.rest());
        const drop = () => { facts.splice(facts.indexOf(fact), 1); element.remove(); };
        const gone = h("button", { type: "button", "aria-label": "take out", onclick: () => { drop(); more.rest(); } }, "×");
        const { label: called, hint: means } = choices.properties[prop] ?? { label: prop, hint: "" };
        const element = h("div", { className: "fact" }, h("span", { className: "label", title: means }, called), given.element, gone);
        const fact = { prop, given, drop };
        facts.push(fact);
        rows.append(element);
        if (begin) given.input.focus();
      };
      const due = () => {
        for (const fact of facts.filter((one) => one.is_due && one.given.get() === one.was)) fact.drop(); // of another kind
        for (const prop of kinds.get(kind.value)?.due ?? []) {
          const { sort } = choices.properties[prop];
          if (sort === "graph" || facts.some((fact) => fact.prop === prop)) continue;
          row(prop, sort === "text" ? context.quote() : "");
          Object.assign(facts.at(-1), { is_due: true, was: facts.at(-1).given.get() });
        }
      };
      kind.addEventListener("change", due);
      for (const [prop, value] of told.rows ?? []) row(prop, value);
      due();
      // What nobody names is called by its kind, by whoever had part in it and when: no disputed fact.
      const parts = () => [...new Set(facts.filter((fact) => /^(person|state|body|place|office|anon):/.test(fact.given.get())).map((fact) => fact.given.label()))].slice(0, 3);
      const month = () => facts.map((fact) => fact.given.get()).find((value) => /^\d{4}-\d\d/.test(value))?.slice(0, 7);
      const inMonth = () => (month() ? ` in ${new Date(`${month()}-15T12:00Z`).toLocaleDateString("en", { month: "long", year: "numeric", timeZone: "UTC" })}` : "");
      const own = () => {
        const one = kinds.get(kind.value);
        if (!one || one.registered) return one?.label ?? "";
        return `${one.label}${parts().length ? ` of ${parts().join(", ").replace(/, ([^,]*)$/, " and $1")}` : ""}${inMonth()}`;
      };
      const label = () => thing.input.value.trim() || own();
      const naming = () => {
        const one = kinds.get(kind.value);
        if (thing.value || !one) return thing.value || thing.input.value.trim();
        const prefix = one.registered ? "anon" : one.prefix;
        const base = `${prefix}:${prefix === "anon" ? `${slug}-` : ""}${slugged(thing.input.value) || slugged([...parts(), one.label, month() ?? ""].join(" "))}`;
        let id = base;
        for (let n = 2; context.taken(id, it); n += 1) id = `${base}-${n}`;
        return id;
      };
      const hint = h("p", { className: "help" });
      const look = () => { thing.input.placeholder = own(); it.last = naming(); hint.textContent = it.last || "choose its kind, or which one it is"; };
      const element = h("fieldset", { className: "thing-of" },
        h("div", { className: "pair" }, h("label", {}, "kind", kind), h("div", { className: "label" }, "which one (empty: a new one)", thing.element)),
        hint, rows, h("div", { className: "pair" }, more.element, drop ? h("button", { type: "button", className: "drop", onclick: () => { element.remove(); drop(it); } }, "take this thing out") : null));
      element.addEventListener("input", look);
      element.addEventListener("focusout", look);
      Object.assign(it, {
        element,
        kind,
        name: naming,
        label: () => (thing.value || !kinds.has(kind.value) || /^(statement|tenure|participation):/.test(it.name()) ? "" : label()),
        give: () => ({ thing: it.name(), kind: kind.value, rows: facts.map((fact) => [fact.prop, fact.given.get()]).filter((pair) => pair[1]) }),
      });
      look();
      return it;
    };

    // --- the form of a claim
    const penned = async (line, given, passage) => {
      const names = given.labels ?? {};
      const found = await send(here(`words?start=${passage[0]}&end=${passage[1]}`));
      const [made, told, contents] = [[], [], []];
      const everything = () => [...told, ...contents.flatMap((content) => content.list)];
      const quote = h("textarea", { className: "quote", rows: Math.min(5, Math.ceil((given.quote ?? found.quote).length / 60)), value: given.quote ?? found.quote });
      const basis = h("select", {}, h("option", { value: "" }, "the words say it"), ...options(choices.bases, given.basis));
      const note = h("textarea", { rows: 1, value: given.note ?? "" });
      const context = {
        names: () => found.names,
        dates: () => found.dates,
        quote: () => quote.value.trim().replace(/^[^“"«]*[“"«]([^“”"«»]+)[”"»].*$/s, "$1").replace(/[.,;]+$/, ""),
        things: () => [...made.map((m) => ({ id: m.id, label: m.label || m.id, kind: "new", types: m.kind.above })), ...everything().filter((t) => kinds.has(t.kind.value)).map((t) => ({ id: t.last, label: t.label() || t.last, kind: "in this claim", types: kinds.get(t.kind.value).above }))],
        seen: new Map(),
        known: (id) => [...found.names.flatMap((n) => n.things), ...context.things(), ...(given.known ?? [])].find((t) => t.id === id) ?? context.seen.get(id),
        taken: (id, but) => state.told.includes(id) || everything().some((t) => t !== but && t.last === id),
        reckoned: (day) => {
          more.open = true;
          basis.value = "leg:computed";
          const why = `“${day.text}” is ${day.edtf}: ${day.why}.`;
          if (!note.value.includes(why)) note.value = [note.value, why].filter(Boolean).join(" ");
        },
        made: (one) => {
          made.push(one);
          if (one.kind.prefix === "content") { inside({ graph: one.id, says: [{}] }); return; }
          if (one.kind.prefix === "report" || one.is_registered) return;
          // What a class demands of a thing is stated by the claim that first names it.
          thingTo(says, told, { thing: one.id, kind: one.kind.id });
        },
      };
      const thingTo = (place, list, row) => {
        const it = telling(row, { ...names, ...Object.fromEntries(made.map((m) => [m.id, m.label])) }, context, list.length ? (gone) => list.splice(list.indexOf(gone), 1) : null);
        list.push(it);
        place.append(it.element);
        return it;
      };
      const group = (title, list, rows) => {
        const place = h("fieldset", {}, h("legend", {}, title));
        for (const row of rows) thingTo(place, list, row);
        return [place, h("button", { type: "button", onclick: () => $("select", thingTo(place, list, {}).element).focus() }, "+ another thing")];
      };
      const inside = (content) => {
        const list = [];
        const [place, button] = group(`as said, not as fact: ${content.graph}`, list, content.says);
        place.className = "inside";
        contents.push({ graph: content.graph, list });
        within.append(place, button);
      };
      const within = h("div", { className: "within" });
      const [says, another] = group("what they say", told, given.says ?? [{}]);
      for (const content of given.contents ?? []) inside(content);
      const voice = picker({ label: "according to", range: ["leg:Report", "leg:Agent"], value: given.voice ?? "", name: names[given.voice], context });
      const relayed = h("input", { type: "checkbox", checked: given.context === true });
      const others = state.claims.filter(([id]) => id !== given.short);
      const ticks = (called, list, chosen = []) => {
        const rows = list.map(([id, words]) => h("label", { className: "check" }, h("input", { type: "checkbox", value: id, checked: chosen.includes(id) }), h("span", {}, `${id.split(":")[1].replace(`${slug}-`, "")} “${words.slice(0, 90)}”`)));
        const element = rows.length ? h("fieldset", { className: "leaning" }, h("legend", {}, called), ...rows) : null;
        return { element, get: () => all("input:checked", element ?? h("p")).map((tick) => tick.value) };
      };
      const [leaning, opposed] = [ticks("leans on", others, given.leansOn), ticks("conflicts with", [...others, ...state.rivals], given.conflictsWith)];
      const more = h("details", { open: Boolean(given.voice || given.basis || given.note || given.leansOn?.length || given.conflictsWith?.length) }, h("summary", {}, "voice, basis, note"),
        h("div", { className: "pair" }, h("div", { className: "label" }, "according to", voice.element), h("label", { className: "check" }, relayed, "named before, still relayed")),
        found.voices.length ? h("p", { className: "help" }, `named as a source here: ${found.voices.join(", ")}`) : null,
        h("label", {}, "basis", basis),
        leaning.element, opposed.element,
        h("label", {}, "note", note));
      const place = h("p", { className: "wrong", role: "alert", hidden: true });
      const standing = h("p", { className: "help" });
      const count = () => {
        const flat = (text) => text.replace(/\s+/g, " ").trim(); // a line may be broken where somebody types a space
        const times = flat(quote.value) ? flat(sheetText()).split(flat(quote.value)).length - 1 : 0;
        standing.textContent = times === 1 ? "" : times ? `these words stand ${times} times: those of this sentence are meant` : "these words do not stand in the text";
      };
      quote.addEventListener("input", count);
      count();
      const named = (graph) => everything().some((it) => it.give().rows.some(([, value]) => value === graph));
      const give = () => ({
        claim: given.claim ?? "", start: passage[0], quote: quote.value,
        says: told.map((it) => it.give()),
        contents: contents.filter(({ graph }) => named(graph)).map(({ graph, list }) => ({ graph, says: list.map((it) => it.give()) })),
        voice: voice.value || voice.input.value.trim(), context: relayed.checked, basis: basis.value,
        leansOn: leaning.get(), conflictsWith: opposed.get(), note: note.value,
        names: [
          ...made.filter((m) => m.is_registered || (m.label && !["report", "content"].includes(m.kind.prefix) && !/^(statement|tenure):/.test(m.id))).map((m) => ({ thing: m.id, kind: m.kind.id, label: m.label, rows: m.rows })),
          ...everything().filter((it) => it.label()).map((it) => ({ thing: it.name(), kind: it.kind.value, label: it.label() })),
        ],
        reports: made.filter((m) => m.kind.prefix === "report").map((m) => ({ thing: m.id, publisher: m.publisher })),
      });
      open(line, "claim", give, h("label", {}, "quote", quote), standing, ...found.notes.map((note) => h("p", { className: "help" }, note)), says, another, within, more, place);
      (given.quote ? quote : $("select", says)).focus({ preventScroll: true });
    };
    const sheetText = () => all(".text [data-at]", sheet).map((part) => part.textContent).join("");

    const open = (line, deed, give, ...parts) => {
      pen?.element.remove();
      const element = h("form", { className: "pen", noValidate: true }, ...parts, h("p", { className: "acts" }, h("button", { className: "main" }, "write it"), h("button", { type: "button", onclick: () => close() }, "not now")));
      element.addEventListener("keydown", (event) => { // only Ctrl Enter and the button write
        if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && event.target.matches("input, select")) event.preventDefault();
      });
      element.addEventListener("submit", (event) => { event.preventDefault(); act(deed, give()); });
      pen = { element, line };
      $(`[data-line="${line}"] .beside`, sheet).prepend(element);
      element.scrollIntoView({ block: "nearest" });
      all("select, input, textarea", element)[0]?.focus({ preventScroll: true });
    };
    const close = () => {
      const { line, element } = pen;
      element.remove();
      pen = null;
      focus($(`[data-line="${line}"] .text`, sheet));
    };

    // --- where one is: the selection, the sentence, the claim
    const offset = (node, at) => {
      const part = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
      if (!part) return null;
      const range = document.createRange();
      range.setStart(part, 0);
      range.setEnd(node, at);
      return Number(part.dataset.at) + [...range.toString()].length; // offsets are of code points
    };
    const row = () => document.activeElement.closest("[data-line]") ?? $(`[data-state=open]`, sheet) ?? $("[data-line]", sheet);
    const passage = () => {
      const selected = getSelection();
      if (selected.rangeCount && !selected.isCollapsed) {
        const range = selected.getRangeAt(0);
        const [start, end] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
        const line = range.startContainer.parentElement?.closest("[data-line]");
        const words = range.toString();
        const [before, after] = [words.length - words.trimStart().length, words.length - words.trimEnd().length];
        if (line && start !== null && end > start + before) return { line: line.dataset.line, span: [start + before, end - after] };
      }
      const { line, start, end } = row().dataset;
      return { line, span: [Number(start), Number(end)] };
    };
    const held = (kind) => (document.activeElement.closest(`${kind} [data-claim], ${kind}[data-claim]`) ?? $(`${kind} [data-claim], ${kind}[data-claim]`, row()))?.dataset.claim;
    const step = (selector, by) => {
      const list = all(selector, sheet);
      const is = by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
      const there = list.filter((one) => document.activeElement.compareDocumentPosition(one) & is);
      focus((there.length ? there : list).at(by > 0 ? 0 : -1));
    };
    const settle = (deed, claim) => claim && act(deed, { claim });
    const away = () => getSelection().removeAllRanges();

    const deeds = {
      next: () => step("[data-state=open] .text", 1),
      previous: () => step("[data-state=open] .text", -1),
      down: () => step(".text, [data-claim]", 1),
      up: () => step(".text, [data-claim]", -1),
      claim: () => { const { line, span } = passage(); away(); return penned(line, {}, span); },
      omit: async () => {
        const { line, span } = passage();
        const found = await send(here(`words?start=${span[0]}&end=${span[1]}`));
        const quote = h("textarea", { className: "quote", rows: 2, value: found.quote });
        const reason = h("select", {}, ...options(choices.reasons, choices.reasons[0].id));
        away();
        open(line, "omit", () => ({ quote: quote.value, start: span[0], reason: reason.value }), h("label", {}, "left out, because", reason), h("label", {}, "words", quote), h("p", { className: "wrong", role: "alert", hidden: true }));
      },
      accept: () => settle("accept", held(".ghost")),
      reject: () => settle("reject", held(".ghost")),
      edit: async () => {
        const claim = held(".passage");
        if (!claim) return;
        const form = await send(here(`form?claim=${encodeURIComponent(claim)}`));
        const start = Math.max(0, form.start);
        await penned(row().dataset.line, form, [start, start + [...form.quote].length]);
      },
      strike: () => settle("strike", held(".passage:not(.ghost)") ?? held(".left-out")),
      undo: () => act("undo"),
      head: () => {
        const { line } = $("[data-line]", sheet).dataset;
        const made = [];
        const fields = ["title", "published", "language"].map((name) => [name, h("input", { value: state.header[name], spellcheck: name === "title" })]);
        const context = { names: () => [], things: () => [], made: (one) => made.push(one) };
        const publisher = picker({ label: "publisher", range: ["leg:Body"], value: state.header.publisher, context });
        open(line, "head", () => ({ ...Object.fromEntries(fields.map(([name, input]) => [name, input.value])), publisher: publisher.value, names: made.map((m) => ({ thing: m.id, kind: m.kind.id, label: m.label, rows: m.rows })) }),
          h("div", { className: "pair" }, ...fields.map(([name, input]) => h("label", {}, name, input)), h("div", { className: "label" }, "publisher", publisher.element)), h("p", { className: "wrong", role: "alert", hidden: true }));
      },
      finish: () => act(state.draft ? "finish" : "reopen"),
      keys: () => $("#keys").showModal(),
    };
    const run = async (name) => {
      say(wrong, "");
      try {
        await deeds[name]?.();
      } catch (fault) {
        say(wrong, fault.message);
      }
    };
    const keys = { n: "next", p: "previous", j: "down", k: "up", c: "claim", o: "omit", a: "accept", r: "reject", e: "edit", x: "strike", u: "undo", h: "head", f: "finish", "?": "keys" };
    const byWord = (event) => {
      const selection = getSelection();
      const text = document.activeElement;
      if (!text.contains(selection.anchorNode)) selection.collapse(text, 0);
      selection.modify(event.shiftKey ? "extend" : "move", event.key === "ArrowRight" ? "forward" : "backward", "word");
    };
    document.addEventListener("keydown", (event) => {
      if ($("#keys").open) return;
      if (event.key === "Escape" && pen) { close(); return; }
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && pen) { event.preventDefault(); pen.element.requestSubmit(); return; }
      // What has the focus in a form may go; a letter would then be a command.
      if (pen || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
      if (/^Arrow(Left|Right)$/.test(event.key) && document.activeElement.matches(".text")) { event.preventDefault(); byWord(event); return; }
      if (event.target.closest("button, a") && event.key === "Enter") return;
      if (keys[event.key]) { event.preventDefault(); run(keys[event.key]); }
    });
    // The selection would be lost if a button took the focus.
    main.addEventListener("pointerdown", (event) => { if (event.target.closest("[data-do=claim], [data-do=omit]")) event.preventDefault(); });
    main.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (!button) return;
      button.closest("[data-claim]")?.focus({ preventScroll: true });
      run(button.dataset.do);
    });
    addEventListener("beforeunload", (event) => { if (pen) event.preventDefault(); });
    addEventListener("focus", async () => { // an editor may have written meanwhile
      const found = await send(here("sheet")).catch(() => null);
      if (found && state && found.sha !== state.sha && !pen) show(found);
    });
    try {
      await load();
      $("[data-state=open] .text", sheet)?.scrollIntoView({ block: "center" });
    } catch (fault) {
      say(wrong, fault.message);
    }
  }
}
