import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import type { Language, Messages, MessageId } from './catalogue';
import { formatLocale, type Locale } from './locale';
import type { Names } from './names';

type Values = Record<string, string | number | Date>;

/** What a component asks for when it has something to say. */
export interface Words {
  locale: Locale;
  names: Names;
  /** A text of the catalogue. */
  t: (id: MessageId, values?: Values) => string;
  number: (value: number) => string;
  /** "9 kB", "1.4 MB", with the unit in the reader's language. */
  bytes: (value: number) => string;
  percent: (share: number) => string;
  /** "Lebanon and Rwanda" */
  list: (parts: string[]) => string;
  /** "24 November 2026", or "November 2026" of a date to the month (`2026-11`). */
  date: (value: string | Date) => string;
  /** "24 November 2026 at 11:24 CET" */
  moment: (value: string | Date) => string;
}

const NamesContext = createContext<{ language: Language; timeZone?: string } | null>(null);

/** Gives its children the words of a language. */
export function Speaks(props: { language: Language; timeZone?: string; children: ReactNode }) {
  const { language, timeZone, children } = props;
  const spoken = useMemo(() => ({ language, timeZone }), [language, timeZone]);
  return (
    <NamesContext value={spoken}>
      <IntlProvider locale={formatLocale[language.locale]} messages={language.messages} timeZone={timeZone}>
        {children}
      </IntlProvider>
    </NamesContext>
  );
}

/** Adds the words of further pages. */
export function SpeaksMore({ messages, children }: { messages: Messages; children: ReactNode }) {
  const intl = useIntl();
  const both = useMemo(() => ({ ...intl.messages, ...messages }) as Messages, [intl.messages, messages]);
  return (
    <IntlProvider locale={intl.locale} messages={both} timeZone={intl.timeZone}>
      {children}
    </IntlProvider>
  );
}

export function useWords(): Words {
  const intl = useIntl();
  const spoken = useContext(NamesContext);
  if (!spoken) throw new Error('useWords is called outside <Speaks>');
  return useMemo(() => {
    const { locale, names } = spoken.language;
    return {
      locale,
      names,
      t: (id, values) => intl.formatMessage({ id }, values),
      number: (value) => intl.formatNumber(value),
      percent: (share) => intl.formatNumber(share, { style: 'percent', maximumFractionDigits: 0 }),
      bytes: (value) => {
        const [unit, size] = value < 1e6 ? (['kilobyte', 1e3] as const) : (['megabyte', 1e6] as const);
        const amount = value / size;
        return intl.formatNumber(amount, { style: 'unit', unit, maximumFractionDigits: amount < 10 ? 1 : 0 });
      },
      list: (parts) => intl.formatList(parts, { type: 'conjunction' }),
      date: (value) => {
        // A date without a time means that day everywhere, so no time zone may move it.
        if (typeof value !== 'string' || value.length > 10)
          return intl.formatDate(value, { dateStyle: 'long' });
        const day = value.length === 10 ? ({ day: 'numeric' } as const) : {};
        return intl.formatDate(value, { ...day, month: 'long', year: 'numeric', timeZone: 'UTC' });
      },
      moment: (value) =>
        intl.formatDate(value, {
          day: 'numeric',
          month: 'long',
          year: 'numeric',
          hour: '2-digit',
          minute: '2-digit',
          timeZoneName: 'short',
        }),
    };
  }, [intl, spoken]);
}

/** A text with marked-up parts: `<b>` in the catalogue becomes what `parts.b` makes of it. */
export function Rich(props: {
  id: MessageId;
  values?: Values;
  parts?: Record<string, (inner: ReactNode) => ReactNode>;
}) {
  const intl = useIntl();
  return <>{intl.formatMessage({ id: props.id }, { b: strong, ...props.values, ...props.parts })}</>;
}

const strong = (inner: ReactNode) => <strong key="b">{inner}</strong>;
