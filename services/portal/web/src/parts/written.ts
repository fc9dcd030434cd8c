/** What is written in a field of a form, by the field's name. */
export function written(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}
