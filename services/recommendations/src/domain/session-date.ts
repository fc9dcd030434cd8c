/** Date of a UPR session, ISO 8601; '' where it is not known. */
export function sessionDate(_session: number): string {
  return '';
}
