export function withoutDocumentation(schema: string): string;
