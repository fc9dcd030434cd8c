import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  mappedFields,
  imports,
  type ColumnPreview,
  type Import,
  type MappedField,
  type Mapping,
} from '../../api/imports';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { TroubleLine } from '../../parts/trouble';
import { ConstantFields } from './constant-fields';
import { fieldName } from './field-name';
import { fieldOf, mapColumn, startMapping } from './mapping';
import { MatchValues } from './match-values';
import { SaveTemplate } from './save-template';

/** Step two: which column holds what, what its words mean, and what holds for every row. */
export function MatchColumns({ one }: { one: Import }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const columns = one.columns ?? [];
  const [mapping, setMapping] = useState<Mapping>(() => startMapping(columns, one.mapping));
  const templates = useQuery({ queryKey: ['templates'], queryFn: imports.templates });
  const read = useMutation({
    mutationFn: () => imports.map(one.id, mapping),
    onSuccess: async (next) => {
      cache.setQueryData(['import', one.id], next);
      await navigate({ to: '/import/$id', params: { id: one.id }, search: {} });
    },
  });
  const hasText = Boolean(mapping.columns.text);
  return (
    <form
      className="matching"
      onSubmit={(event) => {
        event.preventDefault();
        if (hasText) read.mutate();
      }}
    >
      <div className="matching-top">
        <p>{t('work.columns.lead')}</p>
        {templates.data?.templates.length ? (
          <div className="field">
            <label htmlFor="use-template">{t('work.import.template')}</label>
            <select
              id="use-template"
              className="select"
              value=""
              onChange={(event) => {
                const chosen = templates.data.templates.find(({ id }) => id === event.target.value);
                if (chosen) setMapping(chosen.mapping);
              }}
            >
              <option value="">{t('work.import.template.none')}</option>
              {templates.data.templates.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        ) : null}
      </div>
      <Columns columns={columns} mapping={mapping} change={setMapping} />
      <MatchValues columns={columns} mapping={mapping} change={setMapping} />
      <ConstantFields mapping={mapping} change={setMapping} />
      <SaveTemplate mapping={mapping} />
      {!hasText && (
        <p className="notice bad" role="status">
          <Icon name="warning" /> {t('work.columns.needsText')}
        </p>
      )}
      <TroubleLine error={read.error} />
      <div className="actions">
        <button type="submit" className="button primary" disabled={!hasText || read.isPending}>
          {t('work.columns.next')}
        </button>
        <Link to="/import" className="button">
          {t('work.import.another')}
        </Link>
      </div>
    </form>
  );
}

function Columns({
  columns,
  mapping,
  change,
}: {
  columns: ColumnPreview[];
  mapping: Mapping;
  change: (mapping: Mapping) => void;
}) {
  const { t } = useWords();
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t('work.import.step.columns')}>
      <table className="columns">
        <thead>
          <tr>
            <th scope="col">{t('work.columns.column')}</th>
            <th scope="col">{t('work.columns.samples')}</th>
            <th scope="col">{t('work.columns.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name, samples }) => (
            <tr key={name}>
              <th scope="row" dir="auto">
                {name}
              </th>
              <td className="samples" dir="auto">
                {samples
                  .filter(Boolean)
                  .slice(0, 3)
                  .map((sample) => (
                    <p key={sample}>{sample.slice(0, 90)}</p>
                  ))}
              </td>
              <td>
                <select
                  className="select"
                  aria-label={t('work.columns.meaningOf', { column: name })}
                  value={fieldOf(mapping, name) ?? ''}
                  onChange={(event) =>
                    change(mapColumn(mapping, name, event.target.value as MappedField | ''))
                  }
                >
                  <option value="">{t('work.columns.ignore')}</option>
                  {mappedFields.map((field) => (
                    <option key={field} value={field}>
                      {fieldName(t, field)}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
