import { DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';

/** `stateUnderReview` -> `state_under_review`, `sha256Hex` -> `sha256_hex`, `importID` -> `import_id`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** Tables and columns in snake_case, as they stand in the SQL migrations; an explicit name is kept as written. */
export class SnakeCaseNames extends DefaultNamingStrategy implements NamingStrategyInterface {
  override tableName(className: string, given: string | undefined): string {
    return given ?? snakeCase(className.replace(/Entity$/, ''));
  }

  override columnName(property: string, given: string | undefined, embedded: string[]): string {
    return [...embedded.map(snakeCase), given ?? snakeCase(property)].join('_');
  }

  override joinColumnName(relation: string, referenced: string): string {
    return snakeCase(`${relation}_${referenced}`);
  }

  override joinTableColumnName(table: string, property: string, column?: string): string {
    return snakeCase(`${table}_${column ?? property}`);
  }
}
