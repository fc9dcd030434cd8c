/**
 * `describe` for a suite that needs something of the machine. Where that is missing the suite is skipped and says
 * so; under CI=true that is a failure.
 * @param missing a sentence that says what is missing and how to get it, null where nothing is
 */
export function describeUnless(missing: string | null): (name: string, suite: () => void) => void {
  if (missing === null) return describe;
  return (name, suite) => {
    if (process.env.CI === 'true') {
      it(name, () => {
        throw new Error(missing);
      });
      return;
    }
    console.warn(`Skipped: ${name}. ${missing}`);
    describe.skip(name, suite);
  };
}
