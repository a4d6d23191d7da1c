"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const drawing = document.getElementById("drawing");
  const proof = document.getElementById("proof");
  const legend = document.getElementById("legend");
  const SVG = "http://www.w3.org/2000/svg";
  const RADIUS = 10;

  const make = (name, attributes = {}, parent = null) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (parent) parent.append(element);
    return element;
  };
  const write = (name, text, parent, className = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    parent.append(element);
    return element;
  };

  const shape = (node, parent, radius) => {
    const common = { class: "shape", fill: node.colour };
    if (!node.corners.length) return make("circle", { ...common, r: radius }, parent);
    const points = node.corners.map(([x, y]) => `${x * radius},${y * radius}`).join(" ");
    return make("polygon", { ...common, points }, parent);
  };

  // --- the drawing
  const world = make("g", {}, drawing);
  const ties = make("g", {}, world);
  const dots = make("g", {}, world);
  const badges = make("g", {}, world);
  const beside = data.nodes.map(() => []);
  const parallel = new Map();
  data.edges.forEach((edge, number) => {
    beside[edge.source].push(number);
    if (edge.target !== edge.source) beside[edge.target].push(number);
    const pair = [edge.source, edge.target].sort((a, b) => a - b).join(" ");
    const lanes = parallel.get(pair) || [];
    edge.lane = lanes.length;
    lanes.push(edge);
    parallel.set(pair, lanes);
    edge.lanes = lanes;
  });

  const wrapped = (text) => {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const last = lines.length - 1;
      if (lines[last] && (lines[last] + " " + word).length > 24) lines.push(word);
      else lines[last] = lines[last] ? lines[last] + " " + word : word;
    }
    return lines.length <= 3 ? lines : [...lines.slice(0, 2), lines[2].slice(0, 21) + "…"];
  };

  const curve = (edge) => {
    const from = data.nodes[edge.source], to = data.nodes[edge.target];
    const middle = (edge.lanes.length - 1) / 2;
    const flip = edge.source < edge.target ? 1 : -1;
    const offset = (edge.lane - middle) * Math.min(26, 150 / edge.lanes.length) * flip;
    const dx = to.x - from.x, dy = to.y - from.y, length = Math.hypot(dx, dy) || 1;
    const x = (from.x + to.x) / 2 - (dy / length) * offset * 2;
    const y = (from.y + to.y) / 2 + (dx / length) * offset * 2;
    const turn = Math.hypot(to.x - x, to.y - y) || 1;
    const gap = data.directed ? RADIUS + 3 : 0;
    const endX = to.x - ((to.x - x) / turn) * gap, endY = to.y - ((to.y - y) / turn) * gap;
    const at = (t) => ({
      x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * x + t * t * endX,
      y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * y + t * t * endY,
    });
    return { path: `M${from.x},${from.y} Q${x},${y} ${endX},${endY}`, at, straight: offset === 0 };
  };
  const bend = (edge) => {
    const from = data.nodes[edge.source];
    return edge.source === edge.target ? `M${from.x},${from.y} c 30,-50 -30,-50 0,0` : curve(edge).path;
  };

  const marker = make("marker", {
    id: "tip", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 9, markerHeight: 9,
    orient: "auto", markerUnits: "userSpaceOnUse",
  }, make("defs", {}, drawing));
  make("path", { d: "M0,1 L10,5 L0,9 z", class: "arrow" }, marker);

  data.edges.forEach((edge, number) => {
    const name = `${data.nodes[edge.source].label} – ${edge.label} – ${data.nodes[edge.target].label}`;
    const group = make("g", { class: "tie", tabindex: 0, role: "button", "aria-label": name }, ties);
    edge.line = make("path", {
      class: edge.structural ? "edge structural" : "edge",
      "stroke-width": Math.min(6, 1 + Math.sqrt(edge.weight) * 0.7),
    }, group);
    if (data.directed) edge.line.setAttribute("marker-end", "url(#tip)");
    edge.grip = make("path", { class: "grip" }, group);
    const when = edge.dates.length ? ` (${edge.dates.join(", ")})` : "";
    const first = edge.quotes.length ? `\n“${data.quotes[edge.quotes[0]].quote}”` : "";
    make("title", {}, group).textContent = name + when + first;
    const often = [edge.weight > 1 ? `${edge.weight}×` : "", edge.origins.length > 1 ? `${edge.origins.length} origins` : ""];
    edge.told = often.filter(Boolean).join(", ");
    if (edge.told) {
      edge.badge = make("text", { class: "badge" }, badges);
      edge.badge.textContent = edge.told;
    }
    edge.element = group;
    activate(group, () => showEdge(number));
  });
  data.nodes.forEach((node, number) => {
    const about = [node.kind, node.states.join(", ")].filter(Boolean).join(", ");
    const group = make("g", {
      class: node.letter ? "node unnamed" : "node", tabindex: 0, role: "button", "aria-label": `${node.label}, ${about}`,
    }, dots);
    node.leader = make("line", { class: "leader" }, group);
    if (node.tint) node.ring = make("circle", { class: "ring", r: RADIUS + 4, stroke: node.tint }, group);
    node.shape = shape(node, group, RADIUS);
    node.text = make("text", { "font-size": 12 }, group);
    node.lines = wrapped(node.letter ? `${node.short} (${node.letter})` : node.short);
    for (const line of node.lines) make("tspan", {}, node.text).textContent = line;
    make("title", {}, group).textContent = `${node.label}\n${about}`;
    node.element = group;
    activate(group, () => showNode(number));
  });

  function activate(element, action) {
    element.addEventListener("click", (event) => {
      event.stopPropagation();
      if (!dragged) action();
    });
    element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        action();
      }
    });
  }

  const place = () => {
    for (const node of data.nodes) node.element.setAttribute("transform", `translate(${node.x},${node.y})`);
    for (const edge of data.edges) {
      const line = bend(edge);
      edge.line.setAttribute("d", line);
      edge.grip.setAttribute("d", line);
    }
  };

  // Labels keep their size on the screen. Each stands where it covers nothing, below its node, above
  // or beside it, and on as few lines to its node as can be; where there is no room it is hidden until
  // its node is pointed at.
  const LINE = 14;
  const sizes = () => data.nodes.map((node) => {
    const width = Math.max(...[...node.text.childNodes].map((line) => line.getComputedTextLength()));
    return { width: width + 4, height: node.lines.length * LINE + 3 };
  });
  let measured = null;
  const sides = (size, radius) => {
    const found = [
      { x: 0, y: radius + 3, anchor: "middle", left: -size.width / 2 },
      { x: 0, y: -radius - 3 - size.height, anchor: "middle", left: -size.width / 2 },
      { x: radius + 4, y: -size.height / 2, anchor: "start", left: radius + 4 },
      { x: -radius - 4, y: -size.height / 2, anchor: "end", left: -radius - 4 - size.width },
    ];
    for (const gap of [3, 14, 28, 44, 62, 84, 110, 140, 175]) {
      for (let turn = 0; turn < 16; turn += 1) {
        const angle = (turn / 16) * 2 * Math.PI;
        const x = Math.cos(angle) * (radius + gap + size.width / 2), y = Math.sin(angle) * (radius + gap + size.height / 2);
        found.push({ x, y: y - size.height / 2, anchor: "middle", left: x - size.width / 2, leads: gap > 10 });
      }
    }
    return found;
  };
  // What no label may lie under or run into: the edges of the drawing, the tools, the legend.
  const walls = () => {
    const area = drawing.getBoundingClientRect(), far = 1e5;
    const box = (left, top, right, bottom) => ({ left: left - view.x, top: top - view.y, right: right - view.x, bottom: bottom - view.y });
    const over = [document.querySelector(".tools"), legend].map((part) => {
      const held = part.getBoundingClientRect();
      return box(held.left - area.left, held.top - area.top, held.right - area.left, held.bottom - area.top);
    });
    return [
      ...over, box(-far, -far, 0, far), box(area.width, -far, far, far),
      box(-far, -far, far, 0), box(-far, area.height, far, far),
    ];
  };
  // Whether a line, from a to b, runs under a box. Source: Liang and Barsky, 1984.
  const under = ([ax, ay, bx, by], box) => {
    const dx = bx - ax, dy = by - ay;
    let from = 0, to = 1;
    for (const [p, q] of [[-dx, ax - box.left], [dx, box.right - ax], [-dy, ay - box.top], [dy, box.bottom - ay]]) {
      if (p === 0 && q < 0) return false;
      if (p < 0) from = Math.max(from, q / p);
      if (p > 0) to = Math.min(to, q / p);
      if (from > to) return false;
    }
    return true;
  };
  const drawn = (edge) => !edge.away && edge.source !== edge.target;
  const lines = (but = null) => data.edges.filter((edge) => edge !== but && drawn(edge)).flatMap((edge) => {
    const { at, straight } = curve(edge), steps = straight ? 1 : 8;
    return Array.from({ length: steps }, (_, step) => {
      const from = at(step / steps), to = at((step + 1) / steps);
      return [from.x * view.scale, from.y * view.scale, to.x * view.scale, to.y * view.scale];
    });
  });
  const overlap = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  const badge = (edge, taken) => {
    const wide = edge.badge.getComputedTextLength() / 2 + 2;
    const boxed = ({ x, y }) => ({ left: x * view.scale - wide, right: x * view.scale + wide, top: y * view.scale - 8, bottom: y * view.scale + 8 });
    const free = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78].map(curve(edge).at).filter((each) => !taken.some((other) => overlap(boxed(each), other)));
    // Best where no other line runs under it, for whose number it is must be plain.
    const others = lines(edge);
    const spot = free.find((each) => !others.some((tie) => under(tie, boxed(each)))) || free[0];
    if (spot) taken.push(boxed(spot));
    edge.badge.classList.toggle("away", !spot);
    if (spot) edge.badge.setAttribute("transform", `translate(${spot.x},${spot.y}) scale(${1 / view.scale}) translate(0,4)`);
  };
  const hush = () => {
    const growth = Math.max(1, 0.55 / view.scale);
    const seen = data.nodes.map((_, index) => index).filter((index) => !data.nodes[index].away);
    const spots = data.nodes.map((node) => ({ x: node.x * view.scale, y: node.y * view.scale }));
    const reach = (node) => (node.ring ? RADIUS + 6 : RADIUS) * view.scale * growth;
    const taken = seen.map((index) => {
      const { x, y } = spots[index], radius = reach(data.nodes[index]);
      return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
    });
    taken.push(...walls());
    for (const edge of data.edges) if (edge.badge && drawn(edge)) badge(edge, taken);
    if (!measured) {
      // Letters are hinted for the size they are shown at, so they are measured at that size.
      for (const { text } of data.nodes) text.setAttribute("transform", `scale(${1 / view.scale})`);
      measured = sizes();
    }
    const ties = lines();
    const homeless = [];
    seen.sort((a, b) => beside[b].length - beside[a].length || a - b);
    // First whoever finds room beside its node; then the others, at the end of a thin line.
    const settle = (index, leads) => {
      const node = data.nodes[index], size = measured[index], spot = spots[index], radius = reach(node);
      for (const part of [node.shape, node.ring]) part?.setAttribute("transform", `scale(${growth})`);
      const boxed = (side) => ({ left: spot.x + side.left, right: spot.x + side.left + size.width, top: spot.y + side.y, bottom: spot.y + side.y + size.height });
      const end = (side) => [spot.x, spot.y, spot.x + side.left + size.width / 2, spot.y + side.y + size.height / 2];
      const own = { left: spot.x - radius, right: spot.x + radius, top: spot.y - radius, bottom: spot.y + radius };
      const side = sides(size, radius).find((each) => {
        const box = boxed(each);
        return Boolean(each.leads) === leads && !taken.some((other) => overlap(box, other)) && !ties.some((tie) => under(tie, box))
          && !(each.leads && taken.some((other) => !overlap(other, own) && under(end(each), other)));
      });
      node.element.classList.toggle("hushed", !side);
      const shown = side || sides(size, radius)[0];
      if (side) {
        taken.push(boxed(side));
        if (side.leads) ties.push(end(side));
      } else homeless.push(index);
      node.text.setAttribute("text-anchor", shown.anchor);
      node.text.setAttribute("transform", `scale(${1 / view.scale})`);
      node.leader.classList.toggle("away", !side?.leads);
      if (side?.leads) {
        const [ax, ay, bx, by] = end(side);
        // It ends where the label begins, not under its words.
        const box = boxed(side), along = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => n / 10).find((t) => {
          const x = ax + (bx - ax) * t, y = ay + (by - ay) * t;
          return box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
        }) ?? 1;
        node.leader.setAttribute("x2", (bx - ax) * along);
        node.leader.setAttribute("y2", (by - ay) * along);
        node.leader.setAttribute("transform", `scale(${1 / view.scale})`);
      }
      [...node.text.childNodes].forEach((line, number) => {
        line.setAttribute("x", shown.x);
        line.setAttribute("y", shown.y + LINE * number + 11);
      });
    };
    for (const index of seen) settle(index, false);
    for (const index of homeless.splice(0)) settle(index, true);
    const hidden = homeless.length;
    silent.hidden = hidden === 0;
    silent.textContent = `${hidden} ${hidden === 1 ? "name has" : "names have"} no room: zoom in, or point`;
  };

  // --- zoom and pan
  const view = { x: 0, y: 0, scale: 1 };
  let dragged = false;
  const apply = () => world.setAttribute("transform", `translate(${view.x},${view.y}) scale(${view.scale})`);
  const fit = () => {
    if (!data.nodes.length) return;
    const area = drawing.getBoundingClientRect();
    const seen = data.nodes.filter((node) => !node.away);
    if (!seen.length) return;
    const xs = seen.map((n) => n.x), ys = seen.map((n) => n.y);
    const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), bottom = Math.max(...ys);
    const high = area.height - legend.offsetHeight - 60;
    view.scale = Math.min(1.3, (area.width - Math.min(240, area.width * 0.36)) / (right - left || 1), (high - 90) / (bottom - top || 1));
    view.x = area.width / 2 - ((left + right) / 2) * view.scale;
    view.y = 50 + high / 2 - ((top + bottom) / 2) * view.scale;
    apply();
    hush();
  };
  let hushing = 0;
  const zoom = (factor, x, y) => {
    const scale = Math.max(0.08, Math.min(8, view.scale * factor));
    view.x = x - ((x - view.x) / view.scale) * scale;
    view.y = y - ((y - view.y) / view.scale) * scale;
    view.scale = scale;
    apply();
    cancelAnimationFrame(hushing);
    hushing = requestAnimationFrame(hush);
  };
  const middle = () => {
    const area = drawing.getBoundingClientRect();
    return [area.width / 2, area.height / 2];
  };
  drawing.addEventListener("wheel", (event) => {
    event.preventDefault();
    const area = drawing.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * 0.0015), event.clientX - area.left, event.clientY - area.top);
  }, { passive: false });
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    dragged = false;
    const held = data.nodes.find((node) => node.element.contains(event.target));
    let lastX = event.clientX, lastY = event.clientY, way = 0;
    const move = (to) => {
      const dx = to.clientX - lastX, dy = to.clientY - lastY;
      way += Math.abs(dx) + Math.abs(dy);
      if (way < 4) return;
      dragged = true;
      drawing.classList.add("moving");
      if (held) {
        held.x += dx / view.scale;
        held.y += dy / view.scale;
        place();
      } else {
        view.x += dx;
        view.y += dy;
        apply();
      }
      lastX = to.clientX;
      lastY = to.clientY;
    };
    const stop = () => {
      window.removeEventListener("pointermove", move);
      drawing.classList.remove("moving");
      if (dragged) hush();
      setTimeout(() => { dragged = false; }, 0);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", stop, { once: true });
    window.addEventListener("pointercancel", stop, { once: true });
  });
  drawing.addEventListener("click", () => { if (!dragged) choose([], []); });
  document.getElementById("fit").addEventListener("click", fit);
  document.getElementById("closer").addEventListener("click", () => zoom(1.3, ...middle()));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.3, ...middle()));

  // --- more than can be read: one node with those it is linked to, on rings around it
  const crowd = document.getElementById("crowd");
  const isCrowded = data.nodes.length > data.most;
  const whole = data.nodes.map(({ x, y }) => ({ x, y }));
  let focused = !isCrowded ? null : -1;
  const reveal = (kept) => {
    data.nodes.forEach((node, index) => { node.away = !kept(index); });
    data.edges.forEach((edge) => { edge.away = data.nodes[edge.source].away || data.nodes[edge.target].away; });
    for (const { element, away } of [...data.nodes, ...data.edges]) element.classList.toggle("away", away);
    for (const edge of data.edges) edge.badge?.classList.toggle("away", edge.away);
    place();
    fit();
  };
  const focus = (centre) => {
    if (focused === null) return;
    focused = centre;
    const linked = new Map();
    for (const number of beside[centre]) {
      const edge = data.edges[number], other = edge.source === centre ? edge.target : edge.source;
      if (other !== centre) linked.set(other, (linked.get(other) || 0) + edge.weight);
    }
    const order = [...linked.keys()].sort((a, b) => linked.get(b) - linked.get(a) || beside[b].length - beside[a].length || a - b);
    const shown = order.slice(0, 30).sort((a, b) => data.nodes[a].group.localeCompare(data.nodes[b].group) || a - b);
    Object.assign(data.nodes[centre], { x: 0, y: 0 });
    const inner = shown.length > 14 ? Math.floor(shown.length / 3) : shown.length;
    shown.forEach((index, place) => {
      const isOuter = place >= inner, count = isOuter ? shown.length - inner : inner;
      const angle = ((isOuter ? place - inner : place) / count) * 2 * Math.PI + (isOuter ? 0.1 : 0);
      const far = isOuter ? 400 : 210;
      Object.assign(data.nodes[index], { x: Math.cos(angle) * far * 1.25, y: Math.sin(angle) * far });
    });
    const near = new Set([centre, ...shown]);
    crowd.hidden = true;
    reveal((index) => near.has(index));
    data.edges.forEach((edge) => {
      edge.away = edge.away || (edge.source !== centre && edge.target !== centre);
      edge.element.classList.toggle("away", edge.away);
      edge.badge?.classList.toggle("away", edge.away);
    });
    hush();
    const rest = order.length - shown.length;
    document.getElementById("counts").textContent = `${data.nodes[centre].label} with ${shown.length} of the ${order.length} it is linked to${rest ? "; the others stand beside and in the table" : ""}. ${data.nodes.length} nodes, ${data.edges.length} edges in all.`;
  };
  const refuse = () => {
    crowd.hidden = false;
    crowd.querySelector("p").textContent = `${data.nodes.length} nodes and ${data.edges.length} edges are more than can be read at once. Choose one to see what it is linked to, or find another by name and press Enter:`;
    const few = crowd.querySelector(".few");
    const best = data.nodes.map((_, index) => index).sort((a, b) => beside[b].length - beside[a].length || a - b).slice(0, 14);
    for (const index of best) {
      const button = write("button", `${data.nodes[index].short}${data.nodes[index].letter ? ` (${data.nodes[index].letter})` : ""} · ${beside[index].length}`, few);
      button.type = "button";
      button.addEventListener("click", () => showNode(index));
    }
    crowd.querySelector(":scope > button").addEventListener("click", () => {
      focused = null;
      crowd.hidden = true;
      data.nodes.forEach((node, index) => Object.assign(node, whole[index]));
      reveal(() => true);
    });
    reveal(() => false);
  };

  // --- choosing and the evidence
  function choose(nodes, edges) {
    const some = nodes.length + edges.length > 0;
    const near = new Set(nodes), kept = new Set(edges);
    for (const node of nodes) {
      for (const number of beside[node]) {
        kept.add(number);
        near.add(data.edges[number].source).add(data.edges[number].target);
      }
    }
    for (const number of edges) near.add(data.edges[number].source).add(data.edges[number].target);
    data.nodes.forEach((node, index) => {
      node.element.classList.toggle("faded", some && !near.has(index));
      node.element.classList.toggle("chosen", nodes.includes(index));
    });
    data.edges.forEach((edge, index) => {
      edge.element.classList.toggle("faded", some && !kept.has(index));
      edge.element.classList.toggle("chosen", edges.includes(index));
    });
    if (!some) {
      proof.replaceChildren();
      write("p", "Choose a node or an edge: here stand the words that prove it.", proof, "hint");
    }
  }
  const link = (text, action, parent) => {
    const button = write("button", text, parent, "link");
    button.type = "button";
    button.addEventListener("click", action);
  };
  const about = (edge) => {
    const parts = [edge.dates.length ? edge.dates.join(", ") : "date not stated"];
    if (edge.structural) parts.push("structure");
    else if (edge.origins.length) parts.push(`told by ${edge.origins.join(", ")}`);
    else parts.push("no known origin tells it by itself");
    return parts.join(" · ");
  };
  const tell = (edge, heading) => {
    const title = write(heading, "", proof);
    link(data.nodes[edge.source].label, () => showNode(edge.source), title);
    title.append(` ${edge.label} `);
    link(data.nodes[edge.target].label, () => showNode(edge.target), title);
    write("p", about(edge), proof, "about");
    for (const conflict of edge.conflicts) write("p", `Sources disagree: ${conflict}`, proof, "about");
    if (edge.written) write("p", `Written in ${edge.written}.`, proof, "about");
    const told = new Set();
    for (const index of edge.quotes) {
      const passage = data.quotes[index];
      const same = [passage.quote, passage.article, passage.modality, passage.origin].join("\n");
      if (told.has(same)) continue;
      told.add(same);
      const quote = document.createElement("blockquote");
      write("p", `“${passage.quote}”`, quote);
      const origin = passage.origin ? `, origin ${passage.origin}` : ", origin not known";
      write("footer", `${passage.article} · ${passage.modality}${origin}`, quote);
      proof.append(quote);
    }
  };
  function showEdge(number) {
    choose([], [number]);
    proof.replaceChildren();
    const edge = data.edges[number];
    tell(edge, "h2");
    if (edge.events.length) write("p", edge.events.join("; "), proof, "about");
    proof.scrollTop = 0;
  }
  function showNode(number) {
    focus(number);
    choose([number], []);
    proof.replaceChildren();
    const node = data.nodes[number];
    write("h2", node.label, proof);
    const words = [node.kind, node.states.join(", ")].filter(Boolean).join(" · ");
    write("p", words, proof, "about");
    if (node.page) write("a", "Everything about it", write("p", "", proof, "about")).href = node.page;
    else write("p", node.iri, proof, "about");
    for (const index of beside[number]) tell(data.edges[index], "h3");
    proof.scrollTop = 0;
  }

  // --- finding
  document.getElementById("find").addEventListener("input", (event) => {
    const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    const wanted = plain(event.target.value.trim());
    data.nodes.forEach((node) => {
      const hit = wanted !== "" && plain(node.label).includes(wanted);
      node.element.classList.toggle("faded", wanted !== "" && !hit);
      node.element.classList.toggle("found", hit);
    });
    data.edges.forEach((edge) => edge.element.classList.toggle("faded", wanted !== ""));
  });
  document.getElementById("find").addEventListener("keydown", (event) => {
    const hit = data.nodes.findIndex((node) => node.element.classList.contains("found"));
    if (event.key !== "Enter" || hit < 0) return;
    showNode(hit);
    data.nodes[hit].element.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose([], []);
  });

  // --- the legend
  const item = (draw, text) => {
    const entry = document.createElement("li");
    const sample = make("svg", { viewBox: "-12 -8 24 16", "aria-hidden": "true" });
    draw(sample);
    entry.append(sample, text);
    legend.append(entry);
  };
  const groups = new Map(data.nodes.map((node) => [node.group, node]));
  for (const group of [...groups.keys()].sort()) item((sample) => shape(groups.get(group), sample, 6.5), group);
  const line = (className) => (sample) => make("path", { class: className, d: "M-11,0 H11", "stroke-width": 2 }, sample);
  if (data.edges.some((edge) => !edge.structural)) item(line("edge"), "stated by claims");
  if (data.edges.some((edge) => edge.structural)) item(line("edge structural"), "structure, from the registry");

  for (const article of data.articles) {
    item((sample) => make("circle", { class: "ring", r: 6, stroke: article.tint }, sample), `(${article.letter}) unnamed in: ${article.name}`);
  }
  if (data.edges.some((edge) => edge.weight > 1)) item((sample) => make("path", { class: "edge", d: "M-11,0 H11", "stroke-width": 4 }, sample), "thicker: more often (2×)");
  const silent = document.createElement("li");
  silent.hidden = true;
  legend.append(silent);

  place();
  if (isCrowded) refuse();
  else fit();
  window.addEventListener("resize", fit);
})();
