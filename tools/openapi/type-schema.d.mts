import type ts from 'typescript';

/** A TypeScript type as JSON Schema, as JSON.stringify writes its values. */
export function schemaOf(checker: ts.TypeChecker, type: ts.Type): object;
