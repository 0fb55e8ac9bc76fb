const SHORT = 32;

/** How choices are laid out: short labels flow like words, longer ones each take a row. */
export const layoutOf = (choices) => (choices.every(({ label }) => label.length <= SHORT) ? "flow" : "rows");
