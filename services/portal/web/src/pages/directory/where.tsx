import { useWords } from '../../intl/words';
import { stateName } from '../../parts/record';

/** States in words; `*` is all of them. */
export function Where({ states }: { states: string[] }) {
  const words = useWords();
  if (states.includes('*')) return <>{words.t('work.directory.allStates')}</>;
  return <>{words.list(states.map((code) => stateName(words, code)))}</>;
}

/** Roles in words. */
export function Roles({ roles }: { roles: string[] }) {
  const { t, list } = useWords();
  return <>{list(roles.map((role) => t(`work.role.${role}` as 'work.role.coordinator')))}</>;
}
