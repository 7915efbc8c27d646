"use strict";
(() => {
  const CELL = 20, SVG = "http://www.w3.org/2000/svg";
  const axes = LAYER.axes, say = document.getElementById("said");
  const names = ["rows", "columns"];
  const outputs = (a) => {
    const room = a.size + a.lo + a.hi - a.dilation * (a.taps - 1) - 1;
    return room < 0 ? 0 : Math.floor(room / a.stride) + 1;
  };
  const pixel = (a, o, k) => a.stride * o + a.dilation * k - a.lo;
  const range = (n) => Array.from({ length: n }, (_, i) => i);
  const inside = (a, i) => i >= 0 && i < a.size;
  const cells = {};

  function plane(kind, title, heights, widths, low) {
    const box = document.createElement("div");
    const label = document.createElement("div");
    label.textContent = title;
    const svg = document.createElementNS(SVG, "svg");
    const rows = heights, columns = widths;
    svg.setAttribute("width", columns * CELL + 2);
    svg.setAttribute("height", rows * CELL + 2);
    svg.setAttribute("data-plane", kind);
    cells[kind] = {};
    for (const r of range(rows)) for (const c of range(columns)) {
      const cell = document.createElementNS(SVG, "rect");
      const at = [r - low[0], c - low[1]];
      cell.setAttribute("x", c * CELL + 1); cell.setAttribute("y", r * CELL + 1);
      cell.setAttribute("width", CELL - 2); cell.setAttribute("height", CELL - 2);
      cell.setAttribute("rx", 2); cell.dataset.kind = kind; cell.dataset.at = at.join(",");
      const padding = kind === "pixel" && !(inside(axes[0], at[0]) && inside(axes[1], at[1]));
      cell.style.fill = padding ? "transparent" : "var(--box)";
      cell.style.stroke = "var(--soft)"; cell.style.strokeDasharray = padding ? "2 2" : "";
      if (!padding) {
        cell.addEventListener("mouseenter", () => point(kind, at));
        cell.addEventListener("click", () => point(kind, at));
      }
      cells[kind][at.join(",")] = cell;
      svg.appendChild(cell);
    }
    svg.addEventListener("mouseleave", clear);
    box.append(label, svg);
    document.getElementById("planes").append(box);
  }

  function clear() {
    for (const kind of Object.keys(cells)) for (const cell of Object.values(cells[kind])) {
      cell.classList.remove("lit"); cell.style.fillOpacity = "1";
      cell.style.fill = cell.style.strokeDasharray ? "transparent" : "var(--box)";
    }
  }

  function light(kind, at, colour) {
    const cell = cells[kind][at.join(",")];
    if (cell) { cell.style.fill = colour; cell.classList.add("lit"); }
  }

  const one = (at) => "(" + at.map((v) => v + 1).join(", ") + ")";

  function point(kind, at) {
    clear();
    const [outs, taps] = [axes.map(outputs), axes.map((a) => a.taps)];
    const every = [];
    for (const i of range(outs[0])) for (const j of range(outs[1]))
      for (const k of range(taps[0])) for (const l of range(taps[1])) {
        const x = [pixel(axes[0], i, k), pixel(axes[1], j, l)];
        every.push({ output: [i, j], weight: [k, l], pixel: x,
          real: inside(axes[0], x[0]) && inside(axes[1], x[1]) });
      }
    const mine = every.filter((t) => t[kind].join() === at.join());
    light(kind, at, "var(--accent)");
    const real = mine.filter((t) => t.real);
    if (kind === "output") {
      for (const t of mine) light("pixel", t.pixel, t.real ? "#e69f00" : "#e69f0055");
      say.textContent = `Output ${one(at)} sees ${real.length} pixels; ` +
        `${mine.length - real.length} of its taps fall on padding.`;
    } else if (kind === "weight") {
      for (const t of real) { light("output", t.output, "#009e73"); light("pixel", t.pixel, "#e69f00"); }
      const terms = real.slice(0, 4).map((t) => `X${one(t.pixel)} dZ${one(t.output)}`).join(" + ");
      say.textContent = `Weight ${one(at)} has ${real.length} copies on the image. Its gradient: ` +
        terms + (real.length > 4 ? " + ..." : "");
    } else {
      for (const t of real) { light("output", t.output, "#009e73"); light("weight", t.weight, "#cc79a7"); }
      say.textContent = `Pixel ${one(at)} reaches ${new Set(real.map((t) => t.output.join())).size} outputs.`;
    }
  }

  function draw() {
    document.getElementById("planes").replaceChildren();
    const [a, b] = axes;
    plane("pixel", "image, padding dashed", a.size + a.lo + a.hi, b.size + b.lo + b.hi, [a.lo, b.lo]);
    if (LAYER.weights) plane("weight", "kernel", a.taps, b.taps, [0, 0]);
    plane("output", "output", outputs(a), outputs(b), [0, 0]);
    if (!outputs(a) || !outputs(b)) say.textContent = "The window does not fit: there is no output.";
    else say.textContent = `${outputs(a)} x ${outputs(b)} outputs.`;
  }

  function sliders() {
    const home = document.getElementById("sliders");
    const wanted = [["size", 1, 14], ["taps", 1, 7], ["stride", 1, 4], ["dilation", 1, 3], ["pad", 0, 4]];
    axes.forEach((a, n) => {
      if (a.size === 1 && a.taps === 1) return;
      const row = document.createElement("div");
      row.append(names[n] + ": ");
      for (const [key, low, high] of wanted) {
        const label = document.createElement("label"), input = document.createElement("input");
        const value = document.createElement("output");
        input.type = "range"; input.min = low; input.name = `${key}-${n}`;
        input.value = key === "pad" ? a.lo : a[key];
        input.max = Math.max(high, key === "pad" ? Math.max(a.lo, a.hi) : a[key]);
        input.value = key === "pad" ? a.lo : a[key];
        value.textContent = key === "pad" && a.lo !== a.hi ? `${a.lo}, ${a.hi}` : input.value;
        input.style.width = "4.5rem";
        input.addEventListener("input", () => {
          const v = Number(input.value);
          if (key === "pad") { a.lo = v; a.hi = v; } else a[key] = v;
          value.textContent = input.value;
          draw();
        });
        label.append(`${key} `, input, value, "  ");
        label.style.cssText = "display:inline-block;white-space:nowrap;margin-right:.8rem";
        row.append(label);
      }
      home.append(row);
    });
  }

  sliders();
  draw();
})();
