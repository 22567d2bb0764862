// The matrix of the first page: loads the plans piece by piece, filters, sorts, and draws only the rows in view.
"use strict";

var bcpReport = (function () {
  var ID = 0, NAME = 1, KIND = 2, PROVINCE = 3, YEAR = 4, STATUSES = 5, SCORE = 6, REASONS = 7, FILE = 8, DELIVERY = 9;
  var OVERSCAN = 8;
  var MAX_PRINTED = 3000;
  // Worst first when a column of verdicts is sorted.
  var RANK = { m: 0, u: 1, h: 2, p: 3, n: 4, "-": 5 };
  var head = null, rows = [], shown = [], loaded = 0;
  var sort = { key: "score", down: false };
  var drawn = { from: -1, to: -1 };
  var collator = new Intl.Collator("th", { numeric: true });
  var narrow = window.matchMedia("(max-width: 720px)");
  var byId = function (id) { return document.getElementById(id); };
  var viewport, body, printing = false;

  function add(piece) {
    if (piece.head) { head = piece.head; start(); }
    piece.rows.forEach(function (row) {
      row.search = (row[NAME] + " " + row[FILE] + " " + (head.provinces[row[PROVINCE]] || "")).toLowerCase();
      rows.push(row);
    });
    loaded += 1;
    refresh(loaded > 1);
    if (loaded < head.files) { load(loaded); }
    else { document.documentElement.dataset.loaded = "all"; }
  }

  function load(number) {
    var script = document.createElement("script");
    script.src = "data/plans-" + String(number).padStart(3, "0") + ".js";
    document.head.appendChild(script);
  }

  function start() {
    viewport = byId("viewport");
    body = byId("rows");
    fill("f-kind", head.kinds.map(function (name, index) { return [index, name]; }));
    fill("f-province", head.provinces.map(function (name, index) { return [index, name || "ไม่ระบุจังหวัด"]; })
      .sort(function (a, b) { return collator.compare(a[1], b[1]); }));
    fill("f-year", head.years.map(function (year) { return [year, year ? "พ.ศ. " + year : "ไม่ระบุปี"]; }));
    fill("f-element", head.columns.map(function (column, index) { return [index, column[0] + " " + column[1]]; }));
    fill("f-status", Object.keys(head.statuses).map(function (letter) { return [letter, head.statuses[letter][2]]; }));
    fill("f-reason", head.reasons.map(function (reason) { return [reason[0], reason[1]]; }));
    fill("f-delivery", head.deliveries);
    restore();
    drawHeads();
    byId("filters").addEventListener("input", function () { refresh(false); });
    byId("filters").addEventListener("submit", function (event) { event.preventDefault(); });
    byId("filters").addEventListener("reset", function () { setTimeout(function () { refresh(false); }, 0); });
    byId("f-more").addEventListener("change", function () { drawHeads(); refresh(true); });
    viewport.addEventListener("scroll", function () { draw(false); }, { passive: true });
    viewport.addEventListener("keydown", move);
    window.addEventListener("resize", function () { draw(true); });
    window.addEventListener("beforeprint", function () { printing = true; draw(true); });
    window.addEventListener("afterprint", function () { printing = false; draw(true); });
    narrow.addEventListener("change", function () { draw(true); });
  }

  function fill(id, entries) {
    var select = byId(id);
    entries.forEach(function (entry) { select.add(new Option(entry[1], entry[0])); });
  }

  var FIELDS = ["search", "kind", "province", "year", "element", "status", "reason", "delivery"];

  function restore() {
    var given = new URLSearchParams(location.hash.indexOf("=") > 0 ? location.hash.slice(1) : "");
    FIELDS.forEach(function (name) { if (given.has(name)) { byId("f-" + name).value = given.get(name); } });
    byId("f-more").checked = given.has("more");
    if (given.has("sort")) {
      sort.key = given.get("sort").replace(/^-/, "");
      sort.down = given.get("sort").charAt(0) === "-";
    }
  }

  function remember() {
    var state = new URLSearchParams();
    FIELDS.forEach(function (name) { if (byId("f-" + name).value) { state.set(name, byId("f-" + name).value); } });
    if (byId("f-more").checked) { state.set("more", "1"); }
    if (sort.key !== "score" || sort.down) { state.set("sort", (sort.down ? "-" : "") + sort.key); }
    var text = state.toString();
    if (text || location.hash.indexOf("=") > 0) {
      try { history.replaceState(null, "", text ? "#" + text : location.pathname); } catch (error) { /* file pages may refuse */ }
    }
  }

  function columnsShown() {
    var more = byId("f-more").checked;
    return head.columns.map(function (column, index) { return { index: index, id: column[0], title: column[1], level: column[2] }; })
      .filter(function (column) { return more || column.level === "component"; });
  }

  function drawHeads() {
    var heads = byId("heads");
    heads.textContent = "";
    byId("grid").classList.toggle("more", byId("f-more").checked);
    var fixed = [["name", "หน่วยงาน"], ["kind", "ประเภท"], ["province", "จังหวัด"], ["year", "ปี"], ["score", "ครบกี่ข้อ"], ["flag", "ควรดู"]];
    fixed.forEach(function (entry) { heads.appendChild(makeHead(entry[0], entry[1], "", "w-" + entry[0])); });
    columnsShown().forEach(function (column) { heads.appendChild(makeHead("s" + column.index, column.id, column.title, "w-status")); });
    markSort();
  }

  function makeHead(key, text, title, className) {
    var cell = document.createElement("th");
    cell.scope = "col";
    cell.className = className;
    cell.dataset.key = key;
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    if (title) {
      button.title = title;
      var hidden = document.createElement("span");
      hidden.className = "visually-hidden";
      hidden.textContent = " " + title;
      button.appendChild(hidden);
    }
    button.addEventListener("click", function () {
      sort = { key: key, down: sort.key === key ? !sort.down : false };
      markSort();
      refresh(false);
    });
    cell.appendChild(button);
    return cell;
  }

  function markSort() {
    byId("heads").querySelectorAll("th").forEach(function (cell) {
      if (cell.dataset.key === sort.key) { cell.setAttribute("aria-sort", sort.down ? "descending" : "ascending"); }
      else { cell.removeAttribute("aria-sort"); }
    });
  }

  function matches() {
    var words = byId("f-search").value.toLowerCase().split(/\s+/).filter(Boolean);
    var kind = byId("f-kind").value, province = byId("f-province").value, year = byId("f-year").value;
    var element = byId("f-element").value, status = byId("f-status").value, reason = byId("f-reason").value;
    var delivery = byId("f-delivery").value;
    var shownColumns = columnsShown();
    return rows.filter(function (row) {
      if (kind !== "" && row[KIND] !== Number(kind)) { return false; }
      if (province !== "" && row[PROVINCE] !== Number(province)) { return false; }
      if (year !== "" && row[YEAR] !== Number(year)) { return false; }
      if (reason === "any" && !row[REASONS]) { return false; }
      if (reason !== "" && reason !== "any" && !(row[REASONS] & Number(reason))) { return false; }
      if (delivery !== "" && !(row[DELIVERY] & Number(delivery))) { return false; }
      if (status !== "") {
        if (element !== "" ? row[STATUSES].charAt(Number(element)) !== status
          : !shownColumns.some(function (column) { return row[STATUSES].charAt(column.index) === status; })) { return false; }
      }
      return words.every(function (word) { return row.search.indexOf(word) >= 0; });
    });
  }

  function value(row) {
    switch (sort.key) {
      case "name": return row[NAME];
      case "kind": return head.kinds[row[KIND]] || "";
      case "province": return head.provinces[row[PROVINCE]] || "";
      case "year": return row[YEAR];
      case "flag": return -countReasons(row);
      case "score": return row[SCORE];
      default: return RANK[row[STATUSES].charAt(Number(sort.key.slice(1)))];
    }
  }

  function refresh(keepPlace) {
    shown = matches();
    var keyed = shown.map(function (row, index) { return [value(row), index, row]; });
    var direction = sort.down ? -1 : 1;
    keyed.sort(function (a, b) {
      var order = typeof a[0] === "string" ? collator.compare(a[0], b[0]) : a[0] - b[0];
      return direction * order || a[1] - b[1];
    });
    shown = keyed.map(function (entry) { return entry[2]; });
    var format = new Intl.NumberFormat("th");
    byId("count").textContent = "แสดง " + format.format(shown.length) + " จาก " + format.format(head.total) + " แผน" +
      (rows.length < head.total ? " (กำลังโหลดเพิ่ม…)" : "");
    byId("grid").setAttribute("aria-rowcount", String(shown.length + 1));
    if (!keepPlace) { viewport.scrollTop = 0; remember(); }
    draw(true);
    document.dispatchEvent(new CustomEvent("bcp:shown"));
  }

  // What the chart of the filtered plans shows, and how a click on it narrows the filters.
  function view() {
    return {
      rows: shown, columns: columnsShown(), statuses: head.statuses,
      statusesOf: function (row) { return row[STATUSES]; }
    };
  }

  function choose(element, status) {
    byId("f-element").value = String(element);
    byId("f-status").value = status;
    refresh(false);
  }

  function rowHeight() {
    if (!narrow.matches) { return 48; }
    return byId("f-more").checked ? 320 : 196;
  }

  function draw(force) {
    var height = rowHeight();
    var room = Math.min(720, Math.max(320, window.innerHeight * (narrow.matches ? 0.76 : 0.7)));
    viewport.style.height = printing ? "auto" : Math.min(room, Math.max(1, shown.length) * height + byId("heads").offsetHeight + 20) + "px";
    var from = Math.max(0, Math.floor(viewport.scrollTop / height) - OVERSCAN);
    var to = Math.min(shown.length, from + Math.ceil(viewport.clientHeight / height) + 2 * OVERSCAN);
    if (printing) { from = 0; to = Math.min(shown.length, MAX_PRINTED); }
    if (!force && from === drawn.from && to === drawn.to) { return; }
    var focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.row : undefined;
    drawn = { from: from, to: to };
    var columns = columnsShown();
    var fragment = document.createDocumentFragment();
    fragment.appendChild(spacer(from * height, columns.length));
    for (var index = from; index < to; index += 1) { fragment.appendChild(makeRow(shown[index], index, columns)); }
    if (!shown.length) { fragment.appendChild(emptyRow(columns.length)); }
    fragment.appendChild(spacer((printing ? 0 : shown.length - to) * height, columns.length));
    body.textContent = "";
    body.appendChild(fragment);
    if (focused !== undefined) { focusRow(Number(focused)); }
  }

  function spacer(height, columns) {
    var row = document.createElement("tr");
    row.className = "spacer";
    row.setAttribute("aria-hidden", "true");
    row.style.height = height + "px";
    var cell = row.insertCell();
    cell.colSpan = 6 + columns;
    cell.style.height = height + "px";
    row.hidden = height === 0;
    return row;
  }

  function emptyRow(columns) {
    var row = document.createElement("tr");
    var cell = row.insertCell();
    cell.colSpan = 6 + columns;
    cell.textContent = "ไม่มีแผนที่ตรงกับตัวกรอง";
    return row;
  }

  function makeRow(row, index, columns) {
    var line = document.createElement("tr");
    line.setAttribute("aria-rowindex", String(index + 2));
    var name = document.createElement("th");
    name.scope = "row";
    var link = document.createElement("a");
    link.href = "plans/" + row[ID].slice(0, 2) + "/" + row[ID] + ".html";
    link.dataset.row = String(index);
    link.className = "clamp";
    link.textContent = row[NAME] || row[FILE];
    link.title = (row[NAME] ? row[NAME] + " – " : "") + row[FILE];
    name.appendChild(link);
    line.appendChild(name);
    addClamped(line, "c-kind", head.kinds[row[KIND]] || "ไม่ระบุ");
    addClamped(line, "c-province", head.provinces[row[PROVINCE]] || "–");
    addCell(line, "c-year", row[YEAR] ? String(row[YEAR]) : "–");
    var main = head.columns.filter(function (column) { return column[2] === "component"; }).length;
    addCell(line, "c-score num", row[SCORE] + "/" + main);
    var reasons = head.reasons.filter(function (reason) { return row[REASONS] & reason[0]; });
    var flag = addCell(line, "c-flag flag", reasons.length ? reasons.length + " เหตุ" : "");
    flag.title = reasons.map(function (reason) { return reason[1]; }).join(", ");
    columns.forEach(function (column) {
      var status = head.statuses[row[STATUSES].charAt(column.index)];
      var cell = addCell(line, "c-status", "");
      cell.dataset.label = column.id;
      cell.title = column.id + " " + column.title + ": " + (status ? status[2] : "ไม่ได้ตรวจ");
      if (!status) { cell.textContent = "–"; return; }
      var badge = document.createElement("span");
      badge.className = "badge s-" + status[0];
      var sign = document.createElement("span");
      sign.className = "sign";
      sign.setAttribute("aria-hidden", "true");
      badge.appendChild(sign);
      badge.appendChild(document.createTextNode(status[0] === "not_applicable" ? "–" : status[1]));
      cell.appendChild(badge);
    });
    return line;
  }

  function addCell(line, className, text) {
    var cell = line.insertCell();
    cell.className = className;
    cell.textContent = text;
    return cell;
  }

  // Two lines at most: rows are drawn by their height, so none may grow.
  function addClamped(line, className, text) {
    var inner = document.createElement("span");
    inner.className = "clamp";
    inner.textContent = text;
    inner.title = text;
    addCell(line, className, "").appendChild(inner);
  }

  function countReasons(row) {
    return head.reasons.filter(function (reason) { return row[REASONS] & reason[0]; }).length;
  }

  function move(event) {
    var steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    var at = document.activeElement.dataset.row;
    var target = null;
    if (event.key in steps) { target = at === undefined ? (event.key === "ArrowDown" ? drawn.from : null) : Number(at) + steps[event.key]; }
    else if (event.key === "Home" && at !== undefined) { target = 0; }
    else if (event.key === "End" && at !== undefined) { target = shown.length - 1; }
    if (target === null || !shown.length || event.target.closest("thead")) { return; }
    event.preventDefault();
    target = Math.max(0, Math.min(shown.length - 1, target));
    var height = rowHeight(), top = target * height;
    var room = viewport.clientHeight - byId("heads").offsetHeight;
    if (top < viewport.scrollTop) { viewport.scrollTop = top; }
    else if (top + height > viewport.scrollTop + room) { viewport.scrollTop = top + height - room; }
    draw(false);
    focusRow(target);
  }

  function focusRow(index) {
    var link = body.querySelector('a[data-row="' + index + '"]');
    if (link && link !== document.activeElement) { link.focus({ preventScroll: true }); }
  }

  return { add: add, view: view, choose: choose };
})();
