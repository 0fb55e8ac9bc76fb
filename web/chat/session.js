/**
 * What this device remembers of an interview: `{id, token, receipt, language}`, by consultation.
 * Storage may be refused (private windows, partitioned iframes): then nothing is remembered, and the receipt still is.
 */
const key = (consultation) => `porte-voix:${consultation}`;

export function recall(consultation) {
  return attempt(() => JSON.parse(localStorage.getItem(key(consultation))));
}

export function remember(consultation, session) {
  attempt(() => localStorage.setItem(key(consultation), JSON.stringify(session)));
}

export function forget(consultation) {
  attempt(() => localStorage.removeItem(key(consultation)));
}

function attempt(use) {
  try {
    return use();
  } catch {
    return null;
  }
}
