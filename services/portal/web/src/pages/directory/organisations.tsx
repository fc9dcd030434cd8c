import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../api/hooks';
import { organisationClasses, directory, type Organisation } from '../../api/directory';
import { useWords } from '../../intl/words';
import { Box } from '../../parts/box';
import { Empty } from '../../parts/empty';
import { Icon } from '../../parts/icon';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';
import { useOrganisations } from './hooks';
import { StatesField } from './states-field';
import { Where } from './where';

/** Ministries, parliament, institutions, embassies: everybody a member can act for. */
export function Organisations() {
  const { t, number } = useWords();
  const editing = useMay('directory.write');
  const { list } = useOrganisations();
  const [edited, setEdited] = useState<Organisation | 'new' | null>(null);
  if (list.isPending) return <Skeleton height="line-height" />;
  if (list.isError) return <TroubleBox error={list.error} retry={() => void list.refetch()} />;
  const { organisations } = list.data;
  return (
    <>
      {editing && (
        <p className="actions directory-actions">
          <button type="button" className="button" onClick={() => setEdited('new')}>
            <Icon name="plus" /> {t('work.organisations.add')}
          </button>
        </p>
      )}
      {organisations.length ? (
        <div className="table-box" tabIndex={0} role="region" aria-label={t('work.directory.organisations')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('work.directory.name')}</th>
                <th scope="col">{t('work.directory.class')}</th>
                <th scope="col">{t('work.directory.states')}</th>
                <th scope="col" className="number">
                  {t('work.directory.members')}
                </th>
                {editing && (
                  <th scope="col">
                    <span className="hidden-words">{t('internal.edit')}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {organisations.map((one) => (
                <tr key={one.id}>
                  <th scope="row">{one.name}</th>
                  <td>{t(`work.class.${one.class}` as 'work.class.cso')}</td>
                  <td>
                    <Where states={one.states} />
                  </td>
                  <td className="number">{one.members === undefined ? '' : number(one.members)}</td>
                  {editing && (
                    <td>
                      <button type="button" className="button small" onClick={() => setEdited(one)}>
                        {t('internal.edit')}
                        <span className="hidden-words"> {one.name}</span>
                      </button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <Empty title={t('work.organisations.none')}>
          <p>{t('work.organisations.none.cure')}</p>
        </Empty>
      )}
      {edited && (
        <EditOrganisation
          organisation={edited === 'new' ? undefined : edited}
          close={() => setEdited(null)}
        />
      )}
    </>
  );
}

function EditOrganisation({ organisation, close }: { organisation?: Organisation; close: () => void }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [name, setName] = useState(organisation?.name ?? '');
  const [kind, setKind] = useState(organisation?.class ?? 'government');
  const [states, setStates] = useState(organisation?.states ?? ['*']);
  const save = useMutation({
    mutationFn: () => {
      const said = { name: name.trim(), class: kind, states };
      return organisation
        ? directory.changeOrganisation(organisation.id, said)
        : directory.addOrganisation(said);
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['organisations'] });
      close();
    },
  });
  return (
    <Box title={organisation?.name ?? t('work.organisations.add')} close={close}>
      <div className="field">
        <label htmlFor="organisation-name">{t('work.directory.name')}</label>
        <input
          id="organisation-name"
          className="input"
          dir="auto"
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor="organisation-class">{t('work.directory.class')}</label>
        <select
          id="organisation-class"
          className="select"
          value={kind}
          onChange={(event) => setKind(event.target.value)}
        >
          {organisationClasses.map((one) => (
            <option key={one} value={one}>
              {t(`work.class.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <StatesField states={states} change={setStates} />
      <TroubleLine error={save.error} />
      <div className="actions">
        <button
          type="button"
          className="button primary"
          disabled={!name.trim() || !states.length || save.isPending}
          onClick={() => save.mutate()}
        >
          {t('save')}
        </button>
        <button type="button" className="button" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </Box>
  );
}
