import { parseAllDocuments } from 'yaml';

/** An object of Kubernetes, as a chart renders it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; annotations?: Record<string, string>; labels: Record<string, string> };
  spec: any;
}

export function manifestsOf(rendered: string): Manifest[] {
  return parseAllDocuments(rendered)
    .map((document) => {
      if (document.errors.length > 0) throw document.errors[0]!;
      return document.toJS() as Manifest | null;
    })
    .filter((manifest) => manifest !== null);
}

type Models = Record<string, { prototype: { validate(): void } }>;

/**
 * Compares an object with Kubernetes' own schema (1.27).
 * @returns what does not fit: wrong or missing fields, and fields that the schema does not know
 */
export function faultsOf(manifest: Manifest): string[] {
  const { apiVersion, kind } = manifest;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const model = (require(`kubernetes-models/${apiVersion}`) as Models)[kind];
  if (!model) return [`${apiVersion} has no ${kind}`];
  const { watched, unread } = watch(manifest);
  try {
    model.prototype.validate.call(watched);
  } catch (error) {
    return [(error as Error).message];
  }
  // The compiled schema looks at each field that it knows, and at no other.
  return unread(manifest, kind).map((path) => `${path} is not a field`);
}

/** An object that takes note of what is read of it. */
function watch(whole: object) {
  const proxies = new Map<object, object>();
  const read = new Map<object, Set<string>>();
  const watched = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (!proxies.has(value)) {
      const names = new Set<string>();
      read.set(value, names);
      proxies.set(
        value,
        new Proxy(value, {
          get(target, name) {
            if (typeof name === 'string') names.add(name);
            return watched(Reflect.get(target, name));
          },
        }),
      );
    }
    return proxies.get(value);
  };
  const unread = (value: unknown, path: string): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, inner]) =>
      read.get(value)?.has(name) ? unread(inner, `${path}.${name}`) : [`${path}.${name}`],
    );
  };
  return { watched: watched(whole), unread };
}
