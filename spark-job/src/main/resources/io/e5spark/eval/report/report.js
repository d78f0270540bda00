"use strict";
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function drawCharts(histogram, recall) {
  Object.values(Chart.instances).forEach((chart) => chart.destroy());
  Chart.defaults.color = colour("--ink");
  Chart.defaults.borderColor = colour("--line");
  const shared = { maintainAspectRatio: false, animation: false, plugins: { legend: { display: false } } };
  new Chart(document.getElementById("histogram"), {
    type: "bar",
    data: { labels: histogram.labels, datasets: [{ data: histogram.values, backgroundColor: colour("--blue"), categoryPercentage: 1, barPercentage: .92 }] },
    options: { ...shared, scales: { y: { title: { display: true, text: "queries" }, ticks: { precision: 0 } } } }
  });
  new Chart(document.getElementById("recall"), {
    type: "line",
    data: { labels: recall.labels, datasets: [{ data: recall.values, borderColor: colour("--good"), backgroundColor: colour("--good"), pointRadius: 4 }] },
    options: { ...shared, scales: { y: { min: 0, max: 1 } } }
  });
  document.body.dataset.charts = Object.keys(Chart.instances).length;
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function documentItem(entry, documents, isMissed) {
  const relevant = entry.grade > 0;
  const item = element("li", isMissed ? "missed" : relevant ? "relevant" : "");
  if (isMissed) item.append(element("strong", "missed", "✗ missed "));
  else if (relevant) item.append(element("strong", "relevant", "✓ relevant "));
  const facts = [entry.rank ? "rank " + entry.rank : "not found"];
  if (entry.score !== undefined) facts.push("score " + entry.score.toFixed(4));
  if (entry.grade !== undefined) facts.push("grade " + entry.grade);
  facts.push(entry.id);
  item.append(element("i", "", facts.join(", ")), element("br"));
  const passage = documents[entry.id];
  if (!passage) {
    item.append("(not in the corpus)");
    return item;
  }
  if (passage.title) item.append(element("b", "", passage.title), element("br"));
  item.append(passage.text || "");
  return item;
}

function documentList(title, entries, documents, isMissed) {
  const list = element("ol", "documents");
  entries.forEach((entry) => list.append(documentItem(entry, documents, isMissed)));
  const part = element("div");
  part.append(element("b", "", title), entries.length ? list : element("p", "sub", "none"));
  return part;
}

function detailRow(id, details, columns) {
  const row = element("tr", "detail");
  const cell = element("td");
  cell.colSpan = columns;
  const query = details.queries[id];
  if (query) {
    cell.append(documentList("Found", query.hits, details.documents, false));
    cell.append(documentList("Relevant and not among the first ten", query.missed, details.documents, true));
  } else {
    cell.append(element("p", "sub", "The documents of this query are in run.trec."));
  }
  row.append(cell);
  return row;
}

function queryTable(details) {
  const table = document.getElementById("queries");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const needle = document.getElementById("needle");
  const kind = document.getElementById("kind");
  const shown = document.getElementById("shown");

  function close(row) {
    row.classList.remove("open");
    row.querySelector("a").setAttribute("aria-expanded", "false");
    if (row.nextElementSibling?.classList.contains("detail")) row.nextElementSibling.remove();
  }
  function open(row) {
    if (row.classList.contains("open")) return;
    row.classList.add("open");
    row.querySelector("a").setAttribute("aria-expanded", "true");
    row.after(detailRow(row.dataset.id, details, table.tHead.rows[0].cells.length));
  }
  function keeps(row) {
    if (!row.dataset.words.includes(needle.value.trim().toLowerCase())) return false;
    if (kind.value === "nothing") return row.dataset.first === "none" && row.dataset.relevant > 0;
    if (kind.value === "missing") return +row.dataset.found < +row.dataset.relevant;
    return true;
  }
  function filter() {
    let count = 0;
    for (const row of rows) {
      row.hidden = !keeps(row);
      if (row.hidden) close(row); else count++;
    }
    shown.textContent = count + " of " + rows.length + " queries";
  }
  function value(row, column) {
    const cell = row.cells[column];
    const key = cell.dataset.value ?? cell.textContent;
    if (column === 0) return key.toLowerCase();
    return key === "none" ? Infinity : +key;
  }
  function sort(column) {
    const header = table.tHead.rows[0].cells[column];
    const ascending = header.getAttribute("aria-sort") !== "ascending";
    for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    rows.forEach(close);
    rows.sort((a, b) => {
      const [x, y] = [value(a, column), value(b, column)];
      return (x < y ? -1 : x > y ? 1 : 0) * (ascending ? 1 : -1);
    });
    body.append(...rows);
  }
  function follow() {
    const wanted = decodeURIComponent(location.hash).replace(/^#query=/, "");
    const row = rows.find((one) => one.dataset.id === wanted);
    if (!row) return;
    row.hidden = false;
    open(row);
    row.scrollIntoView({ block: "center" });
  }

  for (const row of rows) {
    const link = row.querySelector("a");
    row.dataset.words = row.cells[0].textContent.toLowerCase();
    link.href = "#query=" + encodeURIComponent(row.dataset.id);
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", (event) => {
      if (row.classList.contains("open")) { close(row); event.preventDefault(); } else open(row);
    });
  }
  [...table.tHead.rows[0].cells].forEach((cell, column) =>
    cell.querySelector("button").addEventListener("click", () => sort(column)));
  needle.addEventListener("input", filter);
  kind.addEventListener("change", filter);
  addEventListener("hashchange", follow);
  filter();
  follow();
}

function readReport(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

const histogramData = readReport("histogram-data"), recallData = readReport("recall-data");
drawCharts(histogramData, recallData);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawCharts(histogramData, recallData));
queryTable(readReport("details-data"));
