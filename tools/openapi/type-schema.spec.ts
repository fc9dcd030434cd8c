import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { schemaOf } from './type-schema.mjs';

/** The schema of `type T = ...` in a source file. */
function schemaFrom(source: string): object {
  const folder = mkdtempSync(join(tmpdir(), 'type-schema-'));
  try {
    const file = join(folder, 'source.ts');
    writeFileSync(file, source);
    const program = ts.createProgram([file], {
      strict: true,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts'],
      types: [],
    });
    const alias = program.getSourceFile(file)!.statements.find(ts.isTypeAliasDeclaration)!;
    const checker = program.getTypeChecker();
    return schemaOf(checker, checker.getTypeAtLocation(alias.name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a type as what JSON has of it', () => {
  it.each<[string, object]>([
    ['string', { type: 'string' }],
    ['number | undefined', { type: 'number' }],
    ['boolean', { type: 'boolean' }],
    ['any', {}],
    ['Date', { type: 'string', format: 'date-time' }],
    ["'b' | 'a' | null", { anyOf: [{ type: 'null' }, { type: 'string', enum: ['a', 'b'] }] }],
    ["'a' | (string & {})", { type: 'string' }],
    ['readonly string[]', { type: 'array', items: { type: 'string' } }],
    ['Record<string, number>', { type: 'object', additionalProperties: { type: 'number' } }],
    [
      '{ x: string; y?: number; z: string | undefined; run(): void }',
      {
        type: 'object',
        properties: { x: { type: 'string' }, y: { type: 'number' }, z: { type: 'string' } },
        required: ['x'],
      },
    ],
    [
      "Omit<{ x: string; y: number }, 'y'> & { w: true }",
      {
        type: 'object',
        properties: { x: { type: 'string' }, w: { type: 'boolean', enum: [true] } },
        required: ['x', 'w'],
      },
    ],
  ])('%s', (type, schema) => {
    expect(schemaFrom(`type T = ${type};`)).toEqual(schema);
  });

  it('tells what a field is for, and ends where a type holds itself', () => {
    const source = `interface Branch {\n  /** Its parts. */\n  parts: Branch[];\n}\ntype T = Branch;`;
    const parts = { type: 'array', items: {}, description: 'Its parts.' };
    expect(schemaFrom(source)).toEqual({ type: 'object', properties: { parts }, required: ['parts'] });
  });
});
