/**
 * How numbers of a workbook read as text. A date becomes ISO; a number shown with fixed decimals keeps them,
 * because paragraph 140.10 typed into a cell is stored as 140.1 and only its format knows better.
 */
export function numberText(value: number, format: string, date1904: boolean): string {
  if (!Number.isFinite(value)) return '';
  if (isDateFormat(format)) return dateText(value, date1904);
  const decimals = /^0\.(0+)(;.*)?$/.exec(format);
  if (decimals) return value.toFixed(decimals[1]!.length);
  // 15 significant digits are what Excel itself keeps and shows.
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15)));
}

/** Whether a number format shows days or times, whatever the language of the file. */
export function isDateFormat(format: string): boolean {
  const bare = format.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '');
  return (
    /[dmyhsaj]/i.test(bare) && !/^general$/i.test(bare) && !/[0#?]/.test(bare.replace(/s\.0+|\.0+/gi, ''))
  );
}

/** Serial days to ISO. Excel counts a 29 February 1900 that never was, so its first 60 days are one off. */
export function dateText(serial: number, date1904 = false): string {
  const days = date1904 ? serial + 1462 : serial;
  if (days < 1 || days > 2_958_465) return String(serial);
  const whole = Math.floor(days);
  const time = new Date(Date.UTC(1899, 11, whole < 60 ? 31 : 30) + Math.round(days * 86_400) * 1000);
  const text = time.toISOString();
  return days === whole ? text.slice(0, 10) : text.slice(0, 19);
}
