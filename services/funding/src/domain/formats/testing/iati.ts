/** A transaction as an activity of 2.0x has it. */
export interface FixtureTransaction {
  type?: string;
  value: string;
  currency?: string;
}

/** A valid activity of 2.0x; `inside` is put before its end and `attributes` in its tag. */
export function activity(
  identifier: string,
  transactions: FixtureTransaction[] = [],
  { inside = '', attributes = 'default-currency="EUR"' } = {},
): string {
  const payments = transactions.map(
    ({ type = '3', value, currency }) =>
      `<transaction><transaction-type code="${type}"/><transaction-date iso-date="2021-05-01"/>` +
      `<value${currency === undefined ? '' : ` currency="${currency}"`} value-date="2021-05-01">${value}</value></transaction>`,
  );
  return (
    `<iati-activity ${attributes}><iati-identifier>${identifier}</iati-identifier>` +
    '<reporting-org ref="XX-1" type="10"><narrative>Ministry</narrative></reporting-org>' +
    '<title><narrative>Wells</narrative></title><description><narrative>Wells for two towns</narrative></description>' +
    '<participating-org role="1" ref="XX-1"/><activity-status code="2"/>' +
    `<activity-date type="1" iso-date="2020-01-01"/>${payments.join('')}${inside}</iati-activity>`
  );
}

export function activities(
  content: string[],
  { version = '2.03', between = '\n', declaration = '' } = {},
): string {
  return `${declaration}<iati-activities version="${version}">${between}${content.join(between)}${between}</iati-activities>`;
}
