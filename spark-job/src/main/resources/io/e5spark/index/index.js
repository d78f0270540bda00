"use strict";
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const points = JSON.parse(document.getElementById("points-data").textContent);

function line(label, name, style, x, y) {
  const data = points.filter((point) => x(point) !== null).map((point) => ({ x: x(point), y: y(point) }));
  return { label, data, borderColor: colour(name), backgroundColor: colour(name), pointStyle: style, pointRadius: 5, showLine: true, clip: false };
}

function draw(canvas, title, x) {
  new Chart(document.getElementById(canvas), {
    type: "scatter",
    data: { datasets: [
      line("recall@10", "--blue", "circle", x, (point) => point.recall_at10),
      line("recall@100", "--good", "triangle", x, (point) => point.recall_at100)
    ] },
    options: {
      maintainAspectRatio: false, animation: false,
      plugins: { legend: { position: "bottom", labels: { usePointStyle: true } } },
      scales: { x: { type: "logarithmic", title: { display: true, text: title } }, y: { max: 1 } }
    }
  });
}

function drawCharts() {
  Object.values(Chart.instances).forEach((chart) => chart.destroy());
  Chart.defaults.color = colour("--ink");
  Chart.defaults.borderColor = colour("--line");
  draw("by-probes", "probes", (point) => point.probes);
  draw("by-bytes", "share of bytes in percent", (point) => point.bytes === null ? null : 100 * point.bytes);
  document.body.dataset.charts = Object.keys(Chart.instances).length;
}

drawCharts();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCharts);
