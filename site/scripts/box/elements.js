// Elements made from plain values. Text is only ever set as text: nothing here reads markup.

const PROSE = new Set(["p", "ul", "ol", "li", "code", "pre", "strong", "em", "a", "blockquote", "br", "hr", "h4"]);
const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["svg", "g", "rect", "path", "line", "text", "tspan", "title"]);

// An element with properties (an object: `class`, `hidden`, `onclick`, or attributes) and children (texts, elements).
export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return made;
}

// The elements of prose trees (assistant/front/box/prose.py): a text, or [name, (address of "a"), ...children].
export function prose(nodes) {
  return nodes.map((node) => {
    if (typeof node === "string") return node;
    const [name, ...rest] = node;
    if (!PROSE.has(name)) throw new Error(`no element of prose: ${name}`);
    const properties = name === "a" ? { href: rest.shift() } : name === "pre" ? { tabindex: "0" } : {};
    return el(name, properties, prose(rest));
  });
}

// The elements of a drawing (assistant/front/forms/picture.py): a text, or [name, {attributes}, ...children].
export function drawing(node) {
  if (typeof node === "string") return node;
  const [name, attributes, ...children] = node;
  if (!DRAWN.has(name)) throw new Error(`no element of a drawing: ${name}`);
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.map(drawing));
  return made;
}
