// Counts labels that lie on a line or on another label, and leaves what it saw in the title.
const labels = [...document.querySelectorAll(".node:not(.hushed):not(.away) > text")].map((text) => text.getBoundingClientRect());
const inside = (box, x, y) => box.left + 2 < x && x < box.right - 2 && box.top + 2 < y && y < box.bottom - 2;
const lines = [...document.querySelectorAll(".tie:not(.away) > .edge")].flatMap((line) => {
  const matrix = line.getScreenCTM(), steps = 60, length = line.getTotalLength();
  return Array.from({ length: steps + 1 }, (_, step) => line.getPointAtLength((length * step) / steps).matrixTransform(matrix));
});
const onLine = labels.filter((box) => lines.some(({ x, y }) => inside(box, x, y))).length;
const onLabel = labels.filter((box, n) => labels.some((other, m) => m !== n && box.left < other.right - 1 && other.left < box.right - 1 && box.top < other.bottom - 1 && other.top < box.bottom - 1)).length;
const legend = document.getElementById("legend").getBoundingClientRect();
const held = document.querySelector(".stage").getBoundingClientRect();
const clipped = legend.left < held.left || legend.right > held.right || legend.top < held.top || legend.bottom > held.bottom;
document.title = JSON.stringify({ labels: labels.length, onLine, onLabel, clipped, crowded: !document.getElementById("crowd").hidden });
