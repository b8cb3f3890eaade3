// Ways to break a resource at one place. Each takes the parent and the key, and says what it did by changing them.

const words = ['status', 'zzz', 'booked', 'xyz', 'value', 'extra'];

export const mutations = {
  'remove an element': (parent, key) => (Array.isArray(parent) ? parent.splice(key, 1) : delete parent[key]),
  'add an unknown element': (parent, key, random) => {
    const target = isObject(parent[key]) ? parent[key] : isObject(parent) ? parent : null;
    if (target) target['x' + words[random(words.length)]] = 'a';
  },
  'a number for a text': (parent, key) => typeof parent[key] === 'string' && (parent[key] = 17),
  'a text for a number or boolean': (parent, key) =>
    ['number', 'boolean'].includes(typeof parent[key]) && (parent[key] = String(parent[key])),
  'an array for one value': (parent, key) => !Array.isArray(parent) && !Array.isArray(parent[key]) && (parent[key] = [parent[key]]),
  'one value for an array': (parent, key) => Array.isArray(parent[key]) && (parent[key] = parent[key][0]),
  'an empty array': (parent, key) => Array.isArray(parent[key]) && (parent[key] = []),
  'an empty text': (parent, key) => typeof parent[key] === 'string' && (parent[key] = ''),
  'an empty object': (parent, key) => isObject(parent[key]) && (parent[key] = {}),
  'a null': (parent, key) => (parent[key] = null),
  'a text for an object': (parent, key) => isObject(parent[key]) && (parent[key] = 'text'),
  'a bad date': (parent, key) =>
    typeof parent[key] === 'string' && /^\d{4}(-|$)/.test(parent[key]) && (parent[key] = '2026-13-45'),
  'a code of no value set': (parent, key, random) =>
    typeof parent[key] === 'string' && /^[a-z-]{3,20}$/.test(parent[key]) && (parent[key] = 'no-such-' + words[random(words.length)]),
  'spaces around a text': (parent, key) => typeof parent[key] === 'string' && (parent[key] = ` ${parent[key]} `),
  'a repeated element': (parent, key) => Array.isArray(parent) && parent.push(structuredClone(parent[key])),
};

export function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** All places in a resource: parent and key, the type of the resource left out. */
export function places(node, found = []) {
  for (const key of Object.keys(node)) {
    if (key === 'resourceType') continue;
    const place = Array.isArray(node) ? Number(key) : key;
    found.push([node, place]);
    if (node[key] !== null && typeof node[key] === 'object') places(node[key], found);
  }
  return found;
}

/** Numbers below n, the same for the same seed (mulberry32). */
export function numbers(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}
