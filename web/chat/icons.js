const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  send: "M12 19V5M5.500 11.500 12 5l6.500 6.500",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6 6 18",
  up: "M6 14.500 12 8.500l6 6",
  down: "M6 9.500l6 6 6-6",
};

/** A decorative icon: what it stands for is said by the text or the label of its button. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
