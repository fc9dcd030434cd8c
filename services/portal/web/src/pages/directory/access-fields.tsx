import { roles as allRoles } from '../../api/directory';
import { useWords } from '../../intl/words';
import { StatesField } from './states-field';

export interface Access {
  roles: string[];
  states: string[];
}

/** Roles, and the States under review in which they hold. */
export function AccessFields({ value, change }: { value: Access; change: (access: Access) => void }) {
  const { t } = useWords();
  const turn = (role: string) =>
    value.roles.includes(role) ? value.roles.filter((one) => one !== role) : [...value.roles, role];
  return (
    <>
      <fieldset>
        <legend className="label">{t('work.directory.roles')}</legend>
        <div className="role-list">
          {allRoles.map((role) => (
            <label key={role} className="check">
              <input
                type="checkbox"
                checked={value.roles.includes(role)}
                onChange={() => change({ ...value, roles: turn(role) })}
              />
              <span>
                {t(`work.role.${role}`)}
                <span className="choice-text">{t(`work.role.${role}.text`)}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <StatesField states={value.states} change={(states) => change({ ...value, states })} />
    </>
  );
}
