import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '@followthrough/testing';
import { withoutDocumentation } from './schemas.mjs';

const published = sharedData('iati/schemas');
const versions = ['1.01', '1.02', '1.03', '1.04', '1.05', '2.01', '2.02', '2.03'];
const shipped = join(__dirname, '..', '..', 'services', 'funding', 'schemas', 'iati');

describe('the schemas of the IATI standard that the product ships', () => {
  it('lose annotations and comments and nothing else', () => {
    const schema = `<xsd:schema><!-- a
      word --><xsd:element name="a"><xsd:annotation><xsd:documentation>b</xsd:documentation></xsd:annotation></xsd:element></xsd:schema>`;
    expect(withoutDocumentation(schema)).toBe(
      '<xsd:schema><xsd:element name="a"></xsd:element></xsd:schema>',
    );
  });

  (published ? it.each(versions) : it.skip.each(versions))('%s is what was published', (version) => {
    for (const file of ['iati-activities-schema.xsd', 'iati-organisations-schema.xsd']) {
      const source = readFileSync(join(published!, version, file), 'utf8');
      expect(readFileSync(join(shipped, version, file), 'utf8')).toBe(withoutDocumentation(source));
    }
  });
});
