/**
 * An element. A property that is a function listens ("onclick"), `true` is a bare attribute, `false` and `null` are
 * left out, anything else is an attribute. Children that are strings become text nodes: markup is never parsed.
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) set(element, name, value);
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

function set(element, name, value) {
  if (typeof value === "function") element.addEventListener(name.slice(2), value);
  else if (value === true) element.setAttribute(name, "");
  else if (value !== false && value != null) element.setAttribute(name, value);
}

let last = 0;

/** An id that no other element of the page has. */
export const uniqueId = (prefix) => `${prefix}-${++last}`;
