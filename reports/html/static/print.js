// What is closed on screen is still part of the printed page.
"use strict";

window.addEventListener("beforeprint", function () {
  document.querySelectorAll("details:not([open])").forEach(function (details) {
    details.open = true;
    details.dataset.openedForPrint = "";
  });
});
window.addEventListener("afterprint", function () {
  document.querySelectorAll("details[data-opened-for-print]").forEach(function (details) {
    details.open = false;
    delete details.dataset.openedForPrint;
  });
});
