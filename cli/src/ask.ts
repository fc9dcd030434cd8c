import { createInterface } from 'node:readline/promises';

/** Whether somebody sits at the keyboard who can answer. */
export function someoneIsThere(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY);
}

/** Asks a question that is answered by yes or no; an empty answer means `otherwise`. */
export async function agreed(question: string, otherwise: boolean): Promise<boolean> {
  const keyboard = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = (await keyboard.question(`${question} ${otherwise ? '[Y/n]' : '[y/N]'} `)).trim();
    return answer === '' ? otherwise : /^(y|yes|o|oui|s|si|sí|نعم)$/i.test(answer);
  } finally {
    keyboard.close();
  }
}
