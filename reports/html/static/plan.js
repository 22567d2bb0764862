// A plan's page: opens what a link points to, and switches a picture between the marked band and the whole page.
"use strict";

(function () {
  function openTarget() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target) { return; }
    var details = target.closest("details");
    if (details) { details.open = true; }
    if (target.id === "headings") { target.querySelector("details").open = true; }
    target.scrollIntoView();
  }

  // A telephone shows only the marked lines of a page, so that their letters are large enough to read.
  var phone = window.matchMedia("(max-width: 720px)");
  function closeUp() { return phone.matches ? "data-narrow" : "data-crop"; }
  function fit() {
    document.querySelectorAll(".page-crop[data-narrow]").forEach(function (picture) {
      var button = picture.parentNode.querySelector(".whole-page");
      if (button.getAttribute("aria-pressed") !== "true") { picture.setAttribute("viewBox", picture.getAttribute(closeUp())); }
    });
  }

  function toggle(button) {
    var place = button.closest(".place-picture");
    var picture = place.querySelector(".page-crop");
    var whole = button.getAttribute("aria-pressed") !== "true";
    picture.setAttribute("viewBox", picture.getAttribute(whole ? "data-full" : closeUp()));
    button.setAttribute("aria-pressed", String(whole));
    button.textContent = whole ? "ดูเฉพาะจุด" : "ดูทั้งหน้า";
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest(".whole-page");
    if (button) { toggle(button); }
  });
  phone.addEventListener("change", fit);
  if (phone.matches) { fit(); }
  window.addEventListener("hashchange", openTarget);
  openTarget();
})();
