import { join } from 'node:path';

/** Versions of the standard that have schemas here, and so may be named by a file. */
const VERSIONS = ['1.01', '1.02', '1.03', '1.04', '1.05', '2.01', '2.02', '2.03'];

export interface SchemaChoice {
  version: string;
  /** what is said where the file names no version that there is */
  complaint: string | null;
}

/** The version by whose schema a file is judged that calls itself `named`; the nearest where there is no such one. */
export function chooseVersion(named: string): SchemaChoice {
  const wanted = named.trim();
  if (VERSIONS.includes(wanted)) return { version: wanted, complaint: null };
  const version = wanted.startsWith('1') ? '1.05' : '2.03';
  const what =
    wanted === ''
      ? 'The file names no version of the IATI standard'
      : `There is no version "${wanted.slice(0, 40)}" of the IATI standard`;
  return { version, complaint: `${what}; it is judged by ${version}.` };
}

/** Name of a schema within `schemaFolder`. */
export function schemaOf(version: string, root: string): string {
  return `${version}/${root}-schema.xsd`;
}

/** The schemas of the standard, see the NOTICE beside them. */
export const schemaFolder = join(__dirname, '../../../../schemas/iati');
