// Lays the same figure in Plotly over the server's pictures: a figure under the pointer or a finger tells its number.
// The SVG keeps its place, its name and its words for whoever listens, prints, saves data or is offline.

const addresses = document.getElementById("charts").dataset;
const config = {
  displayModeBar: false,
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  doubleClick: false,
  scrollZoom: false,
  showTips: false,
};

let loading;
const drawn = new Map();

/** The bundle and its style rules, fetched once and only when a picture is looked at. */
function plotly() {
  loading ??= Promise.all([import(addresses.plotly), styles()]).then(([module]) => module);
  return loading;
}

/** Under this id and class Plotly leaves its rules to us; it would otherwise write them into the page. */
function styles() {
  const link = document.createElement("link");
  Object.assign(link, {
    id: "plotly.js-style-global",
    className: "no-inline-styles",
    rel: "stylesheet",
    href: addresses.plotlyStyle,
  });
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    document.head.append(link);
  });
}

/** Tells how the style sheet dresses a class inside this picture, now: theme, dark mode and screen width included. */
function wardrobe(svg) {
  const known = new Map();
  return (classes, tag = "path") => {
    if (!known.has(classes)) {
      const probe = document.createElementNS("http://www.w3.org/2000/svg", tag);
      probe.setAttribute("class", classes);
      svg.append(probe);
      const style = getComputedStyle(probe);
      known.set(classes, {
        color: style.color,
        fill: style.fill,
        stroke: style.stroke === "none" ? "transparent" : style.stroke,
        width: parseFloat(style.strokeWidth),
        size: parseFloat(style.fontSize),
        weight: Number(style.fontWeight),
        family: style.fontFamily,
      });
      probe.remove();
    }
    return known.get(classes);
  };
}

const scaledDash = (dash, scale) => dash?.replace(/[\d.]+/g, (length) => String(length * scale));

/** The trace as this picture's classes dress it, its sizes in the picture's units times `scale`. */
function dressed(worn, trace, scale) {
  const { look, marks } = trace.meta;
  const dress = { ...trace };
  if (trace.mode === "text") {
    const { fill, size, weight, family } = worn(look, "text");
    dress.textfont = { color: fill, size: size * scale, weight, family };
    return dress;
  }
  if (look) {
    const { fill, stroke, width } = worn(look);
    dress.line = { ...trace.line, color: stroke, width: width * scale, dash: scaledDash(trace.line?.dash, scale) };
    if (trace.fill === "toself") dress.fillcolor = fill;
  }
  if (marks) {
    const styles = marks.map((classes) => worn(classes));
    const bars = trace.marker.symbol.startsWith("line");
    dress.marker = {
      ...trace.marker,
      size: trace.marker.size * scale,
      opacity: 1,
      color: styles.map((style) => (bars ? style.stroke : style.fill)),
      line: { color: styles.map((style) => style.stroke), width: styles.map((style) => style.width * scale) },
    };
  }
  return dress;
}

async function draw(field, figure) {
  const { react } = await plotly();
  const svg = field.querySelector("svg");
  const { width, height } = svg.getBoundingClientRect();
  if (!width) return;
  const scale = width / figure.layout.meta.width;
  const worn = wardrobe(svg);
  const hint = worn("hovered", "text");
  let live = field.querySelector(".chart-live");
  if (!live) {
    live = document.createElement("div");
    live.className = "chart-live";
    live.setAttribute("aria-hidden", "true");
    // Plotly would keep the page from scrolling under a finger; a tap still reaches it, as the click it becomes.
    live.addEventListener("touchstart", (event) => event.stopPropagation(), { capture: true, passive: true });
    field.append(live);
  }
  const layout = {
    ...figure.layout,
    width,
    height,
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    polar: figure.layout.polar && { ...figure.layout.polar, bgcolor: "transparent" },
    hoverlabel: {
      align: "left",
      bgcolor: hint.fill,
      bordercolor: hint.stroke,
      font: { color: hint.color, family: hint.family, size: 15 },
    },
  };
  await react(live, figure.data.map((trace) => dressed(worn, trace, scale)), layout, config);
  field.classList.add("is-live");
}

const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const width = target.getBoundingClientRect().width;
    const known = drawn.get(target);
    if (Math.abs(known.width - width) > 0.5) {
      known.width = width;
      draw(target, known.figure);
    }
  }
});

async function enhance(container) {
  const field = container.querySelector(".chart-field");
  const figure = JSON.parse(container.querySelector('script[type="application/json"]').textContent);
  try {
    await draw(field, figure);
  } catch {
    field.querySelector(".chart-live")?.remove(); // offline, or an old browser: the server's picture stays
    return;
  }
  drawn.set(field, { figure, width: field.getBoundingClientRect().width });
  resized.observe(field);
}

const whenIdle = window.requestIdleCallback ?? ((task) => setTimeout(task, 200));

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) {
      seen.unobserve(target);
      whenIdle(() => enhance(target));
    }
  }
});

if (!navigator.connection?.saveData) {
  for (const container of document.querySelectorAll("figure[data-chart]")) seen.observe(container);
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", () => {
      for (const [field, { figure }] of drawn) draw(field, figure);
    });
  }
}
