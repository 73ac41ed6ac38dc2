// The interactive chart in the picture's place. Plotly, a megabyte, is asked for when the first button is pressed and
// not before. Without this script the button stays hidden, and the picture and the table say everything.
//
// Static names carry a hash that changes, and published pages are frozen, so the page that frames them says where
// Plotly and its rules are, in this script's own data attributes.

(() => {
  const { plotly, style } = document.currentScript.dataset;
  const CONFIG = {
    displayModeBar: false, displaylogo: false, showTips: false, responsive: true, doubleClick: false,
    locale: "nb", locales: { nb: { dictionary: {}, format: {} } },
  };
  // Plotly writes its rules into a style element, which the policy refuses. It leaves that where an element of this
  // name and class stands already; what is needed of the rules stands in chart.css.
  const STAND_IN = { id: "plotly.js-style-global", className: "no-inline-styles" };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const shown = new Set();
  let loading = null;

  function load() {
    if (!document.getElementById(STAND_IN.id)) {
      document.head.append(Object.assign(document.createElement("link"), STAND_IN));
    }
    const rules = arrival(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
    return Promise.all([rules, arrival(Object.assign(document.createElement("script"), { src: plotly }))]);
  }
  function arrival(element) {
    return new Promise((done, fail) => {
      element.addEventListener("load", done);
      element.addEventListener("error", () => { element.remove(); fail(new Error(element.src || element.href)); });
      document.head.append(element);
    });
  }
  async function figureAt(address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    return answer.json();
  }

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--color-${name}`).trim();
  const COLOURS = {
    forecast: "chart-forecast", target: "chart-target", link: "chart-forecast", average: "ink", reached: "reached",
    nearly: "nearly", missed: "missed", not_measured: "unmeasured", not_assessable: "unmeasured",
  };
  const sheer = (own, part) => own + Math.round(part * 255).toString(16).padStart(2, "0");
  function coloured(trace) {
    const own = colour(COLOURS[trace.meta] || "chart");
    const { opacity, ...marker } = { ...trace.marker, line: { color: own, ...trace.marker?.line } };
    const isBar = trace.type === "bar";
    // A bar's lightness goes into its colour, so that the legend shows it too.
    if (isBar) marker.color = Array.isArray(opacity) ? opacity.map((part) => sheer(own, part)) : sheer(own, opacity);
    else Object.assign(marker, { color: own, opacity: opacity ?? 1 });
    if (marker.pattern) marker.pattern = { ...marker.pattern, fgcolor: own, bgcolor: colour("paper") };
    const line = { ...trace.line, color: trace.meta === "band" ? sheer(own, 0.25) : own };
    return { ...trace, marker, ...(isBar ? {} : { line }), textfont: { color: colour("ink") } };
  }
  function layoutOf({ title, ...layout }, width, labels) {
    const [ink, rule, paper] = ["ink", "rule-strong", "paper"].map(colour);
    const axis = { gridcolor: colour("chart-grid"), zerolinecolor: rule, linecolor: rule, showspikes: false };
    const family = getComputedStyle(document.body).fontFamily;
    const isNarrow = width < 480;
    const lying = layout.yaxis.type === "category";
    return {
      ...layout,
      autosize: true,
      height: lying ? 90 + labels * 46 : 380,
      margin: { l: 8, r: lying ? 48 : 12, t: 8, b: 8 },
      font: { family, size: isNarrow ? 11 : 13, color: colour("ink-soft") },
      paper_bgcolor: paper,
      plot_bgcolor: paper,
      shapes: (layout.shapes || []).map((shape) => ({ ...shape, line: { ...shape.line, color: rule } })),
      hoverlabel: { bgcolor: paper, bordercolor: rule, font: { family, color: ink } },
      legend: { ...layout.legend, font: { color: ink } },
      xaxis: { ...layout.xaxis, ...axis },
      yaxis: { ...layout.yaxis, ...axis },
    };
  }
  function draw(place, { data, layout }) {
    const labels = (layout.yaxis.categoryarray || []).length;
    return window.Plotly.react(place, data.map(coloured), layoutOf(layout, place.clientWidth, labels), CONFIG);
  }

  async function show(button, picture, status) {
    status.textContent = status.dataset.waiting;
    loading ||= load();
    const [figure] = await Promise.all([figureAt(button.dataset.chart), loading]);
    const place = document.createElement("div");
    place.className = "chart__plot";
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", figure.layout.meta.words);
    picture.after(place);
    picture.classList.add("chart__scroll--away");
    await draw(place, figure);
    shown.add({ place, figure });
    return place;
  }
  function putBack(place, picture) {
    for (const one of shown) if (one.place === place) shown.delete(one);
    window.Plotly.purge(place);
    place.remove();
    picture.classList.remove("chart__scroll--away");
  }

  function arrange(button) {
    const chart = button.closest(".chart");
    const picture = chart.querySelector(".chart__scroll");
    const status = chart.querySelector(".chart__status");
    const forth = button.textContent;
    let place = null;
    let isBusy = false;
    async function press() {
      if (place) {
        putBack(place, picture);
        place = null;
        status.textContent = "";
      } else {
        place = await show(button, picture, status);
        status.textContent = status.dataset.shown;
      }
      button.textContent = place ? button.dataset.back : forth;
    }
    button.addEventListener("click", async () => {
      if (isBusy) return;
      isBusy = true;
      try {
        await press();
      } catch (error) {
        console.error(error);
        loading = window.Plotly ? loading : null;
        chart.querySelector(".chart__plot")?.remove();
        picture.classList.remove("chart__scroll--away");
        status.textContent = status.dataset.failed;
      }
      isBusy = false;
    });
    button.closest(".chart__switch").hidden = false;
  }

  dark.addEventListener("change", () => shown.forEach(({ place, figure }) => draw(place, figure)));
  document.querySelectorAll("button[data-chart]").forEach(arrange);
})();
