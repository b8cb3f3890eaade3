/** The name that the FHIR package specification gives a resource. */
export function fileName(resource) {
  return `${resource.resourceType}-${resource.id}.json`;
}

/** The index of a package folder, in an order that does not depend on the machine: https://hl7.org/fhir/packages.html . */
export function index(resources) {
  const files = resources.map((r) => ({
    filename: fileName(r), resourceType: r.resourceType, id: r.id, url: r.url, version: r.version, kind: r.kind,
    type: typeof r.type === 'string' ? r.type : undefined,
  }));
  return { 'index-version': 2, files: files.sort((a, b) => (a.filename < b.filename ? -1 : 1)) };
}
