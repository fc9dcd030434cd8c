/** From and until when something was so: "2018-04-19", "2009-04", "2023", or empty where there is no such end. */
export interface Period {
  from: string;
  to: string;
}

/** Whether a date lies in a period. A day within a month or year that is all we know counts as before the change. */
export function within(period: Period, on: string): boolean {
  return (
    !(period.from !== '' && on < period.from) &&
    !(period.to !== '' && on.slice(0, period.to.length) >= after(period.to))
  );
}

/** The first value that is past an end: the end itself where it is a day, the next month or year where it is not. */
function after(end: string): string {
  return end.length === 10 ? end : `${end}~`;
}
