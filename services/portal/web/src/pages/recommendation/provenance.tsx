import type { NamedState, Provenance, SaidValue, Source } from '../../api/recommendations';
import type { MessageId } from '../../intl/catalogue';
import { useWords, type Words } from '../../intl/words';
import { positionWord } from '../../parts/badge';
import { actionWord } from '../../parts/filter-words';
import { formatWord } from '../../parts/format-word';
import { Icon } from '../../parts/icon';
import { placeInFile } from '../../parts/place-in-file';
import { stateName } from '../../parts/record';

interface Told {
  key: string;
  at: string;
  title: string;
  /** Rows of files, the newest first. */
  places: { key: string; file?: string; place: string }[];
  values: { field: string; word: string; held: boolean }[];
  decided: boolean;
}

/** Where each value was read and by which import, newest first; a value that is not held now is struck out. */
export function ProvenanceList({ provenance }: { provenance: Provenance }) {
  const words = useWords();
  const { t } = words;
  const told = [
    ...provenance.sources.map((source) => fromSource(words, source, provenance)),
    ...provenance.decisions.map((decision) => fromDecision(words, decision)),
  ].sort((a, b) => b.at.localeCompare(a.at));
  if (!told.length) return <p className="muted">{t('one.provenance.none')}</p>;
  return (
    <ol className="provenance">
      {told.map(({ key, at, title, places, values, decided }) => (
        <li key={key}>
          <span className="knot-small">
            <Icon name={decided ? 'user' : 'file'} />
          </span>
          <div>
            <h3 className="source-name">{title}</h3>
            <ul className="source-said">
              {values.map(({ field, word, held }) => (
                <li key={field} className={held ? undefined : 'outranked'}>
                  <span className="muted">{t(fields[field] ?? 'field.other')}:</span> {word}
                  {!held && <span className="muted small"> {t('one.outranked')}</span>}
                </li>
              ))}
            </ul>
            {places.map(({ key: row, file, place }) => (
              <p key={row} className="facts">
                {file && (
                  <span>
                    <bdi>{file}</bdi>
                  </span>
                )}
                {place && <span>{place}</span>}
              </p>
            ))}
            {at && <p className="facts">{words.moment(at)}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function fromSource(words: Words, { id, said, rows }: Source, provenance: Provenance): Told {
  const newest = [...rows].sort((a, b) => b.appliedAt.localeCompare(a.appliedAt));
  const values = Object.keys(fields).flatMap((field) => {
    const word = spoken(words, field, said[field]);
    const from = provenance.fields[field === 'date' ? 'reviewDate' : field];
    return word ? [{ field, word, held: Array.isArray(from) && from.includes(id) }] : [];
  });
  return {
    key: `source-${id}`,
    at: newest[0]?.appliedAt ?? '',
    title: words.t(formatWord(newest[0]?.format ?? '')),
    places: newest.map((row) => ({
      key: row.importId + JSON.stringify(row.at),
      file: row.fileName,
      place: placeInFile(words, row.at),
    })),
    values,
    decided: false,
  };
}

function fromDecision(words: Words, { field, value, decidedAt }: Provenance['decisions'][number]): Told {
  return {
    key: `decision-${field}`,
    at: decidedAt,
    title: words.t('one.decided'),
    places: [],
    values: [{ field, word: spoken(words, field, value) || words.t('internal.none'), held: true }],
    decided: true,
  };
}

const fields: Record<string, MessageId> = {
  text: 'field.text',
  position: 'field.position',
  recommendingStates: 'field.recommendingState',
  stateUnderReview: 'field.stateUnderReview',
  themes: 'field.theme',
  groups: 'field.group',
  sdgs: 'field.sdg',
  symbol: 'field.symbol',
  paragraph: 'field.paragraph',
  cycle: 'field.cycle',
  session: 'field.session',
  actionCategory: 'field.actionCategory',
  mechanism: 'field.mechanism',
  date: 'field.reviewDate',
  leadInstitution: 'internal.leadInstitution',
  supportingInstitutions: 'internal.supportingInstitutions',
  deadline: 'internal.deadline',
  status: 'internal.status',
  note: 'internal.note',
};

/** What a source says, in its own words where it has some; of a code list in the reader's. */
function spoken(words: Words, field: string, value: SaidValue | undefined): string {
  if (value === undefined || value === null || value === '') return '';
  if (field === 'text') return words.t('one.theText');
  if (Array.isArray(value)) return words.list(value.map((one) => named(words, one)));
  if (typeof value === 'object') return named(words, value);
  if (field === 'actionCategory') return words.t(actionWord(value));
  if (typeof value === 'number') return words.number(value);
  if (field === 'position') return words.t(positionWord(value));
  return field === 'date' || field === 'deadline' ? words.date(value) : named(words, value);
}

function named(words: Words, value: NamedState | string): string {
  if (typeof value !== 'string') return value.code ? stateName(words, value.code) : value.raw;
  return words.names.states[value] ?? words.names.themes[value] ?? words.names.groups[value] ?? value;
}
