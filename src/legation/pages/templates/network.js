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

  const bend = (edge) => {
    const from = data.nodes[edge.source], to = data.nodes[edge.target];
    if (from === to) {
      return `M${from.x},${from.y} c 30,-50 -30,-50 0,0`;
    }
    const middle = (edge.lanes.length - 1) / 2;
    const flip = edge.source < edge.target ? 1 : -1;
    const offset = (edge.lane - middle) * Math.min(26, 150 / edge.lanes.length) * flip;
    const dx = to.x - from.x, dy = to.y - from.y, length = Math.hypot(dx, dy) || 1;
    const x = (from.x + to.x) / 2 - (dy / length) * offset * 2;
    const y = (from.y + to.y) / 2 + (dx / length) * offset * 2;
    const turn = Math.hypot(to.x - x, to.y - y) || 1;
    const gap = data.directed ? RADIUS + 3 : 0;
    const endX = to.x - ((to.x - x) / turn) * gap, endY = to.y - ((to.y - y) / turn) * gap;
    return `M${from.x},${from.y} Q${x},${y} ${endX},${endY}`;
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
    edge.element = group;
    activate(group, () => showEdge(number));
  });
  data.nodes.forEach((node, number) => {
    const about = [node.kind, node.states.join(", ")].filter(Boolean).join(", ");
    const group = make("g", {
      class: "node", tabindex: 0, role: "button", "aria-label": `${node.label}, ${about}`,
    }, dots);
    node.shape = shape(node, group, RADIUS);
    node.text = make("text", { "font-size": 12 }, group);
    node.lines = wrapped(node.label);
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
    return { width: width + 4, height: node.lines.length * LINE };
  });
  let measured = null;
  const sides = (size, radius) => [
    { x: 0, y: radius + 3, anchor: "middle", left: -size.width / 2 },
    { x: 0, y: -radius - 3 - size.height, anchor: "middle", left: -size.width / 2 },
    { x: radius + 4, y: -size.height / 2, anchor: "start", left: radius + 4 },
    { x: -radius - 4, y: -size.height / 2, anchor: "end", left: -radius - 4 - size.width },
  ];
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
  // How many lines from a node run under a box: each is followed as far as the box may reach.
  const lines = (index, spots, left, top, size) => beside[index].filter((number) => {
    const { source, target } = data.edges[number];
    const from = spots[index], to = spots[source === index ? target : source];
    const dx = to.x - from.x, dy = to.y - from.y, length = Math.hypot(dx, dy) || 1;
    for (let way = 0; way < Math.min(length, size.width + 40); way += 3) {
      const x = from.x + (dx / length) * way, y = from.y + (dy / length) * way;
      if (left <= x && x <= left + size.width && top <= y && y <= top + size.height) return true;
    }
    return false;
  }).length;
  const hush = () => {
    const growth = Math.max(1, 0.55 / view.scale);
    const radius = RADIUS * view.scale * growth;
    const spots = data.nodes.map((node) => ({ x: node.x * view.scale, y: node.y * view.scale }));
    const taken = spots.map(({ x, y }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
    taken.push(...walls());
    measured = measured || sizes();
    const order = data.nodes.map((_, index) => index).sort((a, b) => beside[b].length - beside[a].length || a - b);
    order.forEach((index, rank) => {
      const crowded = data.nodes.length > 60 && rank < 14;  // the best linked may cover other nodes
      const node = data.nodes[index], size = measured[index], spot = spots[index];
      node.shape.setAttribute("transform", `scale(${growth})`);
      const free = sides(size, radius).filter((side) => {
        const left = spot.x + side.left, top = spot.y + side.y;
        const hit = (box, other) => other !== index && !(crowded && other < data.nodes.length) && left < box.right && box.left < left + size.width && top < box.bottom && box.top < top + size.height;
        return !taken.some(hit);
      }).map((side) => ({ side, under: lines(index, spots, spot.x + side.left, spot.y + side.y, size) }))
        .sort((a, b) => a.under - b.under)[0]?.side;
      node.element.classList.toggle("hushed", !free);
      const side = free || sides(size, radius)[0];
      if (free) {
        const left = spot.x + side.left, top = spot.y + side.y;
        taken.push({ left, top, right: left + size.width, bottom: top + size.height });
      }
      node.text.setAttribute("text-anchor", side.anchor);
      node.text.setAttribute("transform", `scale(${1 / view.scale})`);
      [...node.text.childNodes].forEach((line, number) => {
        line.setAttribute("x", side.x);
        line.setAttribute("y", side.y + LINE * number + 11);
      });
    });
  };

  // --- zoom and pan
  const view = { x: 0, y: 0, scale: 1 };
  let dragged = false;
  const apply = () => world.setAttribute("transform", `translate(${view.x},${view.y}) scale(${view.scale})`);
  const fit = () => {
    if (!data.nodes.length) return;
    const area = drawing.getBoundingClientRect();
    const xs = data.nodes.map((n) => n.x), ys = data.nodes.map((n) => n.y);
    const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), bottom = Math.max(...ys);
    const high = area.height - legend.offsetHeight - 60;
    view.scale = Math.min(1.3, (area.width - 240) / (right - left || 1), (high - 90) / (bottom - top || 1));
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
    choose([number], []);
    proof.replaceChildren();
    const node = data.nodes[number];
    write("h2", node.label, proof);
    const words = [node.kind, node.states.join(", ")].filter(Boolean).join(" · ");
    write("p", words, proof, "about");
    write("p", node.iri, proof, "about");
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

  place();
  fit();
  window.addEventListener("resize", fit);
})();
