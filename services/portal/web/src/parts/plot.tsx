import { useId, useState, type ReactNode } from 'react';
import { useWords } from '../intl/words';
import { Icon } from './icon';
import './plot.css';

/** A drawing with its finding as title; "Show as table" gives the same figures to read. */
export function Figure(props: {
  title: string;
  sub?: string;
  source?: string;
  table: { head: string[]; rows: (string | number)[][] };
  children: ReactNode;
}) {
  const { t, number } = useWords();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const { head, rows } = props.table;
  return (
    <figure className="card plot" aria-labelledby={id}>
      <div className="plot-top">
        <figcaption>
          <h2 id={id} className="serif">
            {props.title}
          </h2>
          {props.sub && <p className="small muted">{props.sub}</p>}
        </figcaption>
        <button
          type="button"
          className="quiet plot-turn"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          <Icon name="table" />
          <span>{t('plot.table')}</span>
        </button>
      </div>
      {asTable ? (
        <div className="table-box" tabIndex={0} role="region" aria-labelledby={id}>
          <table>
            <thead>
              <tr>
                {head.map((cell, index) => (
                  <th key={cell} scope="col" className={index ? 'number' : undefined}>
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, ...figures]) => (
                <tr key={String(name)}>
                  <th scope="row">{name}</th>
                  {figures.map((figure, index) => (
                    <td key={head[index + 1]} className="number">
                      {typeof figure === 'number' ? number(figure) : figure}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        props.children
      )}
      {props.source && <p className="small muted plot-source">{props.source}</p>}
    </figure>
  );
}

/** A named part of a bar; `pattern` tells parts apart without colour. */
export interface Part {
  key: string;
  label: string;
  value: number;
}

const patterns = ['solid', 'plain', 'dots', 'hatch'] as const;
type Pattern = (typeof patterns)[number];
const patternOf = (index: number): Pattern => patterns[index % patterns.length] ?? 'solid';

/** What the patterns of stacked bars mean. */
export function Legend({ labels }: { labels: string[] }) {
  return (
    <ul className="legend" aria-hidden="true">
      {labels.map((label, index) => (
        <li key={label}>
          <svg width="14" height="14">
            <rect width="14" height="14" rx="3" className={`part ${patternOf(index)}`} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

/** Bars of parts, one a line, longest line as wide as there is room. */
export function StackedBars({
  lines,
  most,
}: {
  lines: { key: string; label: ReactNode; parts: Part[] }[];
  most: number;
}) {
  const { number } = useWords();
  return (
    <ul className="bars">
      {lines.map(({ key, label, parts }) => {
        const total = parts.reduce((sum, part) => sum + part.value, 0);
        let at = 0;
        return (
          <li key={key}>
            <span className="bar-label">{label}</span>
            <span className="bar-line">
              <svg className="bar" width={`${(total / most) * 88}%`} aria-hidden="true">
                {parts.map((part, index) => {
                  const width = (part.value / Math.max(1, total)) * 100;
                  const x = at;
                  at += width;
                  return part.value ? (
                    <g key={part.key}>
                      <svg x={`${x}%`} width={`${width}%`} height="18" overflow="hidden">
                        <rect width="100%" height="18" rx="3" className={`part ${patternOf(index)}`} />
                      </svg>
                    </g>
                  ) : null;
                })}
              </svg>
              <span className="bar-total figures">{number(total)}</span>
            </span>
            <span className="hidden-words">
              {parts.map((part) => `${part.label}: ${number(part.value)}`).join(', ')}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** The hatches and dots of the bars; once a page. */
export function Patterns() {
  return (
    <svg className="patterns" aria-hidden="true" width="0" height="0">
      <defs>
        <pattern
          id="p-hatch"
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="7" height="7" className="hatch-ground" />
          <rect width="1.6" height="7" className="hatch-line" />
        </pattern>
        <pattern id="p-dots" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" className="dots-ground" />
          <circle cx="2" cy="2" r="1" className="dots-dot" />
        </pattern>
      </defs>
    </svg>
  );
}

/** A ranked list with a line under each name, as long as its count. */
export function RankedBars({ rows }: { rows: { key: string; label: ReactNode; count: number }[] }) {
  const { number } = useWords();
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <ol className="ranked">
      {rows.map(({ key, label, count }) => (
        <li key={key}>
          <span>{label}</span>
          <span className="figures">{number(count)}</span>
          <svg className="mirrored" aria-hidden="true">
            <rect width={`${(count / most) * 100}%`} height="4" rx="2" />
          </svg>
        </li>
      ))}
    </ol>
  );
}
