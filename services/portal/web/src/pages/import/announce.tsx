import { useWords } from '../../intl/words';

/** Loading the past is not news: the choice says what each way means and which one is usual here. */
export function Announce({
  value,
  standard,
  change,
}: {
  value: boolean;
  standard: boolean;
  change: (announce: boolean) => void;
}) {
  const { t } = useWords();
  const choices = [
    [true, 'work.import.announce.yes', 'work.import.announce.yes.text'],
    [false, 'work.import.announce.no', 'work.import.announce.no.text'],
  ] as const;
  return (
    <fieldset className="announce">
      <legend>{t('work.import.announce')}</legend>
      {choices.map(([announce, word, text]) => (
        <label key={word} className="check">
          <input
            type="radio"
            name="announce"
            checked={value === announce}
            onChange={() => change(announce)}
            aria-describedby={`${word}-text`}
          />
          <span>
            <span className="choice-word">
              {t(word)}
              {announce === standard && <span className="muted"> ({t('work.import.announce.usual')})</span>}
            </span>
            <span className="choice-text" id={`${word}-text`}>
              {t(text)}
            </span>
          </span>
        </label>
      ))}
      <p className="small muted">
        {t(standard ? 'work.import.announce.recent' : 'work.import.announce.old')}
      </p>
    </fieldset>
  );
}
