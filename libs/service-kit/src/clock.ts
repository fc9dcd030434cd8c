/** The time of day, so that tests can say what it is. */
export class Clock {
  now(): Date {
    return new Date();
  }
}
