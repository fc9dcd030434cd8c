import codes from './gen/sdg-codes.json';

/** The 17 goals, "1" to "17". */
export const sdgGoals: readonly string[] = codes.goals;

/** The 169 targets in order: "1.1" ... "1.5", "1.a", "1.b", "2.1" ... */
export const sdgTargets: readonly string[] = codes.targets;

const known = new Set([...sdgGoals, ...sdgTargets]);
const targetsOf = new Map(
  sdgGoals.map((goal) => [goal, sdgTargets.filter((target) => target.startsWith(`${goal}.`))]),
);

/** Whether a code names a goal ("5") or target ("16.2", "1.a"). */
export function isSdg(code: string): boolean {
  return known.has(code);
}

/** A goal with all its targets, a target alone. Unknown codes stand for themselves. */
export function withTargets(code: string): readonly string[] {
  return [code, ...(targetsOf.get(code) ?? [])];
}

/** The goal of a target, a goal itself. */
export function goalOf(code: string): string {
  return code.split('.', 1)[0] ?? code;
}

/**
 * The code in a label such as "- 5 - GENDER EQUALITY", "16.2 - Protect children ...", "SDG 16.A", "Goal 5:
 * Gender equality" or "05"; null where the label does not begin with the number of a goal or target.
 */
export function parseSdg(label: string): string | null {
  const found =
    /^[\s\-–•*]*(?:(?:sdgs?|odd|ods|goal|target|objectif|cible)\b[\s.:#-]*)?0*(\d{1,2})(?:\.(\d{1,2}|[a-d]))?(?![\w.]*\w)/i.exec(
      label,
    );
  if (!found) return null;
  const code = found[2] ? `${found[1]}.${found[2].toLowerCase()}` : (found[1] ?? '');
  return isSdg(code) ? code : null;
}

/** Goals before their targets, numbers by value: for sorting codes. */
export function compareSdgs(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
