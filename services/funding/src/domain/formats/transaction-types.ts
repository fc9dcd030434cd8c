/** English names of transaction types: the standard's codelist TransactionType of 2.03, and of 1.05 for letters. */
const NAMES = new Map([
  ['1', 'Incoming Funds'],
  ['2', 'Outgoing Commitment'],
  ['3', 'Disbursement'],
  ['4', 'Expenditure'],
  ['5', 'Interest Payment'],
  ['6', 'Loan Repayment'],
  ['7', 'Reimbursement'],
  ['8', 'Purchase of Equity'],
  ['9', 'Sale of Equity'],
  ['10', 'Credit Guarantee'],
  ['11', 'Incoming Commitment'],
  ['12', 'Outgoing Pledge'],
  ['13', 'Incoming Pledge'],
  ['C', 'Commitment'],
  ['D', 'Disbursement'],
  ['E', 'Expenditure'],
  ['IF', 'Incoming Funds'],
  ['IR', 'Interest Repayment'],
  ['LR', 'Loan Repayment'],
  ['R', 'Reimbursement'],
  ['QP', 'Purchase of Equity'],
  ['QS', 'Sale of Equity'],
  ['CG', 'Credit Guarantee'],
]);

/** Name of a transaction type, null for a code that no version of the standard has. */
export function transactionTypeName(code: string): string | null {
  return NAMES.get(code) ?? null;
}
