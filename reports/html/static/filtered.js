// The chart of the plans that the filters leave: how many have each element, and a click that narrows the filters to them.
"use strict";

(function () {
  var COLOURS = { present: "#2f9463", partial: "#e3a92c", missing: "#c73a32", unreadable: "#7b58b8", not_applicable: "#aab4be" };
  var LIGHT = { partial: true, not_applicable: true };
  var byId = function (id) { return document.getElementById(id); };
  var details = byId("filtered"), canvas = byId("filtered-chart"), chart = null, asked = false;

  // The library is not needed for the first view: it is fetched when the rows are there, or when the chart is opened.
  function ask() {
    if (asked || !details.open) { return; }
    asked = true;
    var script = document.createElement("script");
    script.src = "static/chart.umd.min.js";
    script.addEventListener("load", function () { document.fonts.ready.then(draw); });
    document.head.appendChild(script);
  }

  function count(view) {
    return view.columns.map(function (column) {
      var found = {};
      view.rows.forEach(function (row) {
        var letter = view.statusesOf(row).charAt(column.index);
        found[letter] = (found[letter] || 0) + 1;
      });
      return found;
    });
  }

  function dataOf(view) {
    var counts = count(view);
    return {
      labels: view.columns.map(function (column) { return column.id; }),
      datasets: Object.keys(view.statuses).map(function (letter) {
        var status = view.statuses[letter];
        return {
          label: status[2], letter: letter, key: status[0], backgroundColor: COLOURS[status[0]],
          data: counts.map(function (found) { return found[letter] || 0; })
        };
      })
    };
  }

  function describe(view, data) {
    return "จำนวนแผนตามผลตรวจของแผนที่กรองไว้ " + view.rows.length + " แผน: " + data.labels.map(function (label, index) {
      return label + " " + data.datasets.filter(function (set) { return set.data[index]; })
        .map(function (set) { return set.label + " " + set.data[index]; }).join(" ");
    }).join(", ");
  }

  // The number in each piece that has room for it, so that colours are not all there is.
  var numbers = {
    id: "numbers",
    afterDatasetsDraw: function (drawn) {
      var context = drawn.ctx;
      context.save();
      context.font = "13px Sarabun";
      context.textAlign = "center";
      context.textBaseline = "middle";
      drawn.data.datasets.forEach(function (set, index) {
        context.fillStyle = LIGHT[set.key] ? "#1b2430" : "#ffffff";
        drawn.getDatasetMeta(index).data.forEach(function (bar, at) {
          var piece = bar.getProps(["x", "y", "base"], true);
          if (set.data[at] && Math.abs(piece.x - piece.base) > 26) {
            context.fillText(set.data[at].toLocaleString("th"), (piece.x + piece.base) / 2, piece.y);
          }
        });
      });
      context.restore();
    }
  };

  function narrow(drawn, at) {
    var set = drawn.data.datasets[at.datasetIndex];
    bcpReport.choose(bcpReport.view().columns[at.index].index, set.letter);
  }

  function draw() {
    if (!window.Chart || !details.open) { return; }
    var view = bcpReport.view(), data = dataOf(view);
    canvas.setAttribute("aria-label", describe(view, data));
    canvas.parentNode.className = "chart-room" + (view.columns.length > 8 ? " tall" : "");
    if (chart) { chart.data = data; chart.update("none"); return; }
    Chart.defaults.font.family = "Sarabun";
    Chart.defaults.font.size = 14;
    chart = new Chart(canvas, {
      type: "bar", data: data, plugins: [numbers],
      options: {
        indexAxis: "y", animation: false, maintainAspectRatio: false,
        onClick: function (event, found, drawn) { if (found.length) { narrow(drawn, found[0]); } },
        onHover: function (event, found) { canvas.style.cursor = found.length ? "pointer" : "default"; },
        scales: {
          x: { stacked: true, ticks: { precision: 0 }, title: { display: true, text: "แผน" } },
          y: { stacked: true, ticks: { autoSkip: false } }
        },
        plugins: {
          legend: { position: "bottom" },
          tooltip: { callbacks: { title: function (items) {
            return bcpReport.view().columns.map(function (column) { return column.id + " " + column.title; })[items[0].dataIndex];
          } } }
        }
      }
    });
  }

  details.addEventListener("toggle", function () { ask(); draw(); });
  document.addEventListener("bcp:shown", function () { if (chart) { draw(); } });
  window.addEventListener("load", function () { setTimeout(ask, 0); });
})();
