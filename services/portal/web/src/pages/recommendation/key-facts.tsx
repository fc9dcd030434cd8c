import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { FilterField } from '../../api/filter';
import type { RecommendationDetail } from '../../api/recommendations';
import type { MessageId } from '../../intl/catalogue';
import { useWords } from '../../intl/words';
import { positionWord } from '../../parts/badge';
import { fieldWord, valueWord } from '../../parts/filter-words';

/** What is held true of it, each value a way into the list. */
export function KeyFacts({ recommendation: of }: { recommendation: RecommendationDetail }) {
  const { t, date, list } = useWords();
  return (
    <section aria-labelledby="key-facts">
      <h2 id="key-facts">{t('one.facts')}</h2>
      <dl className="key-facts">
        <Values field="recommendingState" values={of.recommendingStates} />
        {of.unresolvedStates.length > 0 && (
          <Fact word="one.unresolved">
            <bdi>{list(of.unresolvedStates)}</bdi>
          </Fact>
        )}
        <Fact word="field.position">
          {t(positionWord(of.position))}
          {of.position && <span className="fact-note">{t(`position.${of.position}.note`)}</span>}
        </Fact>
        <Values field="theme" values={of.themes} />
        <Values field="group" values={of.groups} />
        <Values field="sdg" values={of.sdgs} />
        <Values field="stateUnderReview" values={of.stateUnderReview ? [of.stateUnderReview] : []} />
        <Values field="mechanism" values={of.mechanism ? [of.mechanism] : []} />
        <Values field="cycle" values={of.cycle ? [String(of.cycle)] : []} />
        <Values field="session" values={of.session ? [String(of.session)] : []} />
        {of.symbol && (
          <Fact word="field.symbol">
            {of.demo ? (
              <bdi className="code">{of.symbol}</bdi>
            ) : (
              <a href={`https://undocs.org/${encodeURI(of.symbol)}`} rel="noreferrer">
                <bdi className="code">{of.symbol}</bdi>
              </a>
            )}
          </Fact>
        )}
        {of.reviewDate && <Fact word="field.reviewDate">{date(of.reviewDate)}</Fact>}
        {of.actionCategory > 0 && <Values field="actionCategory" values={[String(of.actionCategory)]} />}
      </dl>
    </section>
  );
}

function Values({ field, values }: { field: FilterField; values: string[] }) {
  const words = useWords();
  if (!values.length) return null;
  return (
    <Fact word={fieldWord(field)}>
      <ul className="fact-values">
        {values.map((value) => (
          <li key={value}>
            <Link to="/recommendations" search={{ [field]: [value] }}>
              {valueWord(words, field, value)}
            </Link>
          </li>
        ))}
      </ul>
    </Fact>
  );
}

function Fact({ word, children }: { word: MessageId; children: ReactNode }) {
  const { t } = useWords();
  return (
    <div className="fact">
      <dt>{t(word)}</dt>
      <dd>{children}</dd>
    </div>
  );
}
