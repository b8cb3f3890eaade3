// Packs the compiled resources and the OperationDefinitions as a FHIR package: package/, package/.index.json and package/example/.
// http://hl7.org/fhir/packages.html . The same input gives the same bytes with the same version of Node.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { fileName, index } from './index.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [source, target] = process.argv.slice(2);
const manifest = readFileSync(join(here, 'manifest.json'));

const resources = [...read(join(source, 'resources')), ...read(join(here, 'operations'))];
const files = [
  ['package/package.json', manifest],
  ['package/.index.json', json(index(resources))],
  ...resources.map((resource) => [`package/${fileName(resource)}`, json(resource)]),
  ...read(join(source, 'examples')).map((resource) => [`package/example/${fileName(resource)}`, json(resource)]),
];
writeFileSync(target, gzipSync(Buffer.concat([...files.flatMap(entry), Buffer.alloc(1024)]), { level: 9 }));
console.log(`${target}: ${files.length} files`);

function read(folder) {
  const names = readdirSync(folder).filter((file) => file !== '.index.json').sort();
  return names.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

function json(value) {
  return Buffer.from(JSON.stringify(value, null, 2) + '\n');
}

/** Header and content of one file in a tar archive (POSIX ustar), without owner and at the beginning of time. */
function entry([name, content]) {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(content.length.toString(8).padStart(11, '0') + '\0', 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(sum.toString(8).padStart(6, '0') + '\0 ', 148);
  return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
}
