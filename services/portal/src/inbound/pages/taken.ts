/**
 * The fault to show where an account or organisation of the name is there already.
 * @throws the error itself where it is another one
 */
export function takenFault(error: unknown): 'taken' {
  const code = (error as { driverError?: { code?: string } }).driverError?.code;
  // unique_violation
  if (code !== '23505') throw error;
  return 'taken';
}
