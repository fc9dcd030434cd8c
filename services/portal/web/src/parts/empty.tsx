import type { ReactNode } from 'react';

/** Nothing is here: says so, and which way out there is. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="empty card">
      <svg className="path mirrored" viewBox="0 0 96 48" aria-hidden="true">
        <path d="M4 40c26 0 22-34 48-34 18 0 16 20 28 20" fill="none" stroke="currentColor" strokeWidth="3" />
        <circle cx="85" cy="26" r="5" fill="#e9b44c" />
      </svg>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
